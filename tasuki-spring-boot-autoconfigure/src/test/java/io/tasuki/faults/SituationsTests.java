package io.tasuki.faults;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SituationsTests {

	@Test
	void everySituationIsInTheNameOfATest() throws IOException {
		Set<Integer> missing = new TreeSet<>(Situations.all());
		DisplayNames.ofIntegrationTests().forEach((name) -> missing.removeAll(Situations.citedIn(name)));
		assertThat(missing).isEmpty();
	}

	@Test
	void readsNumbersOfSituationsAndNothingElse() {
		assertThat(Situations.citedIn("B28, S13, S31: what SQL state 25S02 says of S3")).containsExactly(3, 13, 31);
		assertThat(Situations.describe(Situations.citedIn("S31, S3"))).isEqualTo("S3 S31");
	}

}
