package io.tasuki.localpostgres;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DockerServerTests {

	@ParameterizedTest
	@CsvSource({ "18.6.0, 18.6", "17.10.0, 17.10", "14.24.0, 14.24", "18.6, 18.6" })
	void imageTagIsTheVersionAsPostgresWritesIt(String version, String tag) {
		assertThat(DockerServer.imageTag(version)).isEqualTo(tag);
	}

}
