package io.tasuki.faults;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SituationsTests {

	/** Still without a test; to be taken out with the test that comes. */
	private static final Set<Integer> AWAITED = Set.of(9, 24, 25, 29);

	@Test
	void everySituationIsInTheNameOfATest() throws IOException {
		Set<Integer> missing = new TreeSet<>(Situations.all());
		missing.removeAll(AWAITED);
		missing.removeAll(cited());
		assertThat(missing).isEmpty();
	}

	private static Set<Integer> cited() throws IOException {
		MetadataReaderFactory classes = new SimpleMetadataReaderFactory();
		Set<Integer> cited = new TreeSet<>();
		for (Resource test : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:io/tasuki/**/*IntegrationTests.class")) {
			for (MethodMetadata method : classes.getMetadataReader(test)
				.getAnnotationMetadata()
				.getAnnotatedMethods(DisplayName.class.getName())) {
				cited.addAll(Situations.citedIn(method.getAnnotations().get(DisplayName.class).getString("value")));
			}
		}
		return cited;
	}

	@Test
	void readsNumbersOfSituationsAndNothingElse() {
		assertThat(Situations.citedIn("B28, S13, S31: what SQL state 25S02 says of S3")).containsExactly(3, 13, 31);
		assertThat(Situations.describe(Situations.citedIn("S31, S3"))).isEqualTo("S3 S31");
	}

}
