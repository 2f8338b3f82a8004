package io.tasuki.benchmarks.comparison.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootVersion;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentTests {

	@TempDir
	private Path folder;

	@Test
	void knowsWhatTakesPart() {
		Environment environment = Environment.here("18.6", Map.of("fsync", "on"), List.of("-Xmx1g"));
		assertThat(environment.versions()).containsKeys("JDK", "tasuki", "pgjdbc", "HikariCP")
			.containsEntry("PostgreSQL", "18.6")
			.containsEntry("Spring Boot", SpringBootVersion.getVersion());
		assertThat(environment.versions().get("pgjdbc")).matches("42\\.\\d+\\.\\d+");
		assertThat(environment.processors()).isPositive();
		assertThat(environment.memoryMiB()).isPositive();
		assertThat(environment.commit()).isNotBlank();
	}

	@Test
	void readsAVersionFromTheManifest() throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "8.7.0");
		Path jar = this.folder.resolve("jobrunr.jar");
		try (OutputStream file = Files.newOutputStream(jar)) {
			new JarOutputStream(file, manifest).close();
		}
		assertThat(LibraryVersions.version(jar)).isEqualTo("8.7.0");
	}

	@Test
	void readsAVersionFromTheJarsOwnPomProperties() throws IOException {
		Path jar = this.folder.resolve("db-scheduler-16.12.0.jar");
		try (JarOutputStream file = new JarOutputStream(Files.newOutputStream(jar))) {
			pomProperties(file, "cron-utils", "9.2.1");
			pomProperties(file, "db-scheduler", "16.12.0");
		}
		assertThat(LibraryVersions.version(jar)).isEqualTo("16.12.0");
	}

	private static void pomProperties(JarOutputStream jar, String artifact, String version) throws IOException {
		jar.putNextEntry(new ZipEntry("META-INF/maven/any/%s/pom.properties".formatted(artifact)));
		jar.write("artifactId=%s\nversion=%s\n".formatted(artifact, version).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void callsClassesThatAreInNoJarAsOldAsTheCommit() throws IOException {
		assertThat(LibraryVersions.version(this.folder)).isEqualTo("as of the commit");
	}

}
