package io.tasuki.smoke;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application gets that has only the starter. Read from the class path that the
 * build computes for running, because tests add to their own.
 */
class StarterIntegrationTests {

	private final List<String> runtimeClassPath = readRuntimeClassPath();

	private static List<String> readRuntimeClassPath() {
		try {
			String paths = Files.readString(Path.of(System.getProperty("smoke.runtime-class-path"))).strip();
			return Arrays.stream(paths.split(File.pathSeparator))
				.map((path) -> Path.of(path).getFileName().toString())
				.toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The build has not written the runtime class path", ex);
		}
	}

	@Test
	void bringsThePackagedAutoConfiguration() {
		assertThat(this.runtimeClassPath).anyMatch(isJarOf("tasuki-spring-boot-autoconfigure"));
	}

	@Test
	void bringsJdbcTransactionsJacksonAndTheDriver() {
		for (String library : List.of("spring-jdbc", "HikariCP", "spring-tx", "jackson-databind", "postgresql")) {
			assertThat(this.runtimeClassPath).as(library).anyMatch(isJarOf(library));
		}
	}

	@Test
	void bringsNeitherMetricsNorActuator() {
		// Spring itself brings micrometer-observation, which has no meters.
		for (String library : List.of("micrometer-core", "spring-boot-micrometer-metrics", "spring-boot-actuator",
				"spring-boot-health", "tasuki-local-postgres")) {
			assertThat(this.runtimeClassPath).as(library).noneMatch(isJarOf(library));
		}
	}

	private static Predicate<String> isJarOf(String artifact) {
		return (file) -> file.matches(artifact + "-\\d.*\\.jar");
	}

}
