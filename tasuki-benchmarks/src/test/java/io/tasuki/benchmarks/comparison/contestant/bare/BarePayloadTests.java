package io.tasuki.benchmarks.comparison.contestant.bare;

import io.tasuki.benchmarks.comparison.contestant.Filler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BarePayloadTests {

	@Test
	void readsTheNumberWhereTheDatabasePutsIt() {
		assertThat(BarePayload.readNumber("{\"filler\": \"x x\", \"number\": 123456}")).isEqualTo(123456);
	}

	@Test
	void isAboutAsLargeAsAsked() {
		assertThat(BarePayload.write(123456, Filler.of(100))).hasSizeBetween(95, 105);
		assertThat(BarePayload.write(123456, Filler.of(2_000))).hasSizeBetween(1_995, 2_005);
	}

}
