package io.tasuki.benchmarks.comparison.report;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where and with what was measured.
 *
 * @param date when
 * @param commit of the repository in the working directory, marked if files differ from
 * it; "unknown" where there is none
 * @param versions of what took part, by name
 * @param processor name of the processor
 * @param processors how many of them this process may use
 * @param memoryMiB memory of the machine or of the container
 * @param operatingSystem name, version and architecture
 * @param postgresSettings the settings that were given to the server
 * @param jvmOptions the options of the JVMs in which contestants work
 */
public record Environment(Instant date, String commit, Map<String, String> versions, String processor, int processors,
		long memoryMiB, String operatingSystem, Map<String, String> postgresSettings, List<String> jvmOptions) {

	public Environment {
		versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
		postgresSettings = Collections.unmodifiableMap(new LinkedHashMap<>(postgresSettings));
		jvmOptions = List.copyOf(jvmOptions);
	}

	/**
	 * Looks at this machine and at the class path of this process.
	 * @param postgresVersion what the server says of itself
	 * @param postgresSettings the settings that were given to the server
	 * @param jvmOptions the options of the JVMs in which contestants work
	 */
	public static Environment here(String postgresVersion, Map<String, String> postgresSettings,
			List<String> jvmOptions) {
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("JDK", "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vm.name")));
		versions.put("PostgreSQL", postgresVersion);
		versions.putAll(LibraryVersions.onClassPath());
		return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS), Machine.commit(), versions,
				Machine.processor(), Runtime.getRuntime().availableProcessors(), memory() >> 20,
				"%s %s (%s)".formatted(System.getProperty("os.name"), System.getProperty("os.version"),
						System.getProperty("os.arch")),
				postgresSettings, jvmOptions);
	}

	private static long memory() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
	}

}
