package io.tasuki.benchmarks.comparison.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

/**
 * Versions of the libraries that take part, as their jars tell them.
 */
final class LibraryVersions {

	/** A class of each, which may be missing. */
	private static final Map<String, String> CLASSES = classes();

	private LibraryVersions() {
	}

	private static Map<String, String> classes() {
		Map<String, String> classes = new LinkedHashMap<>();
		classes.put("tasuki", "io.tasuki.JobClient");
		classes.put("db-scheduler", "com.github.kagkarlsson.scheduler.Scheduler");
		classes.put("JobRunr", "org.jobrunr.scheduling.JobScheduler");
		classes.put("Spring Boot", "org.springframework.boot.SpringApplication");
		classes.put("pgjdbc", "org.postgresql.Driver");
		classes.put("HikariCP", "com.zaxxer.hikari.HikariDataSource");
		return classes;
	}

	/**
	 * Returns the versions by name, without those that are not on the class path.
	 */
	static Map<String, String> onClassPath() {
		Map<String, String> versions = new LinkedHashMap<>();
		CLASSES.forEach((name, className) -> {
			String version = version(className);
			if (version != null) {
				versions.put(name, version);
			}
		});
		return versions;
	}

	private static @Nullable String version(String className) {
		try {
			Class<?> type = Class.forName(className, false, LibraryVersions.class.getClassLoader());
			CodeSource source = type.getProtectionDomain().getCodeSource();
			return (source != null) ? version(Path.of(source.getLocation().toURI())) : "unknown";
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String version(Path place) throws IOException {
		if (Files.isDirectory(place)) {
			return "as of the commit";
		}
		try (JarFile jar = new JarFile(place.toFile())) {
			String version = fromManifest(jar);
			return (version != null) ? version : fromPomProperties(jar, place.getFileName().toString());
		}
	}

	private static @Nullable String fromManifest(JarFile jar) throws IOException {
		return (jar.getManifest() != null)
				? jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION) : null;
	}

	private static String fromPomProperties(JarFile jar, String jarName) throws IOException {
		for (JarEntry entry : jar.stream().filter((file) -> file.getName().endsWith("/pom.properties")).toList()) {
			Properties properties = new Properties();
			try (InputStream content = jar.getInputStream(entry)) {
				properties.load(content);
			}
			// A jar may hold those of libraries that were packed into it.
			if (jarName.startsWith(properties.getProperty("artifactId") + "-")) {
				return properties.getProperty("version");
			}
		}
		return jarName;
	}

}
