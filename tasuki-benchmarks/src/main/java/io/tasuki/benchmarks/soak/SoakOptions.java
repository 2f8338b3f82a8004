package io.tasuki.benchmarks.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.convert.DurationStyle;

/**
 * How to soak.
 *
 * @param minutes how long the load lasts
 * @param seed decides what is enqueued and which faults happen
 * @param workers how many processes run jobs
 * @param faultInterval how often something goes wrong
 * @param lease how long leases last
 * @param jobsPerSecond how much is enqueued
 * @param folder where logs and books are left
 */
record SoakOptions(int minutes, long seed, int workers, Duration faultInterval, Duration lease, int jobsPerSecond,
		Path folder) {

	private static final Set<String> NAMES = Set.of("minutes", "seed", "workers", "fault-interval", "lease",
			"jobs-per-second", "folder");

	SoakOptions {
		if (minutes < 1 || workers < 2 || jobsPerSecond < 2 || faultInterval.toMillis() < 100
				|| lease.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException(
					"At least 1 minute, 2 workers, 2 jobs per second, a fault every 100ms and leases of 1s");
		}
	}

	/**
	 * Reads arguments of the form {@code --name=value}.
	 * @throws IllegalArgumentException if one cannot be read
	 */
	static SoakOptions parse(String... arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (parts.length < 2 || !parts[0].startsWith("--") || !NAMES.contains(parts[0].substring(2))) {
				throw new IllegalArgumentException("Not an argument: %s. There are %s".formatted(argument,
						NAMES.stream().sorted().map("--%s=…"::formatted).toList()));
			}
			values.put(parts[0].substring(2), parts[1]);
		}
		long seed = Long.parseLong(values.getOrDefault("seed", "42"));
		return new SoakOptions(Integer.parseInt(values.getOrDefault("minutes", "10")), seed,
				Integer.parseInt(values.getOrDefault("workers", "3")), duration(values, "fault-interval"),
				duration(values, "lease"), Integer.parseInt(values.getOrDefault("jobs-per-second", "300")),
				Path.of(values.getOrDefault("folder", "target/soak-" + seed)).toAbsolutePath());
	}

	private static Duration duration(Map<String, String> values, String name) {
		return DurationStyle.detectAndParse(values.getOrDefault(name, "5s"));
	}

}
