package io.tasuki.benchmarks.comparison;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.benchmarks.comparison.process.Entrant;
import org.jspecify.annotations.Nullable;

/**
 * What to compare.
 *
 * @param quick whether two minutes must be enough
 * @param repeat how often everything is measured
 * @param workloads names of the workloads
 * @param entrants the contestants
 * @param folder where logs and results are left
 */
record ComparisonOptions(boolean quick, int repeat, List<String> workloads, List<Entrant> entrants, Path folder) {

	private static final Set<String> NAMES = Set.of("quick", "repeat", "workloads", "contestants", "folder");

	ComparisonOptions {
		if (repeat < 1) {
			throw new IllegalArgumentException("Nothing is measured less than once");
		}
	}

	/**
	 * Reads arguments of the form {@code --name=value}.
	 * @param known names of all workloads
	 * @throws IllegalArgumentException if one cannot be read
	 */
	static ComparisonOptions parse(List<String> known, String... arguments) {
		Map<String, String> values = new HashMap<>();
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (!parts[0].startsWith("--") || !NAMES.contains(parts[0].substring(2))) {
				throw new IllegalArgumentException("Not an argument: %s. There are %s".formatted(argument,
						NAMES.stream().sorted().map("--%s"::formatted).toList()));
			}
			values.put(parts[0].substring(2), (parts.length == 2) ? parts[1] : "true");
		}
		boolean quick = Boolean.parseBoolean(values.get("quick"));
		return new ComparisonOptions(quick, Integer.parseInt(values.getOrDefault("repeat", (quick) ? "1" : "3")),
				workloads(values.get("workloads"), known), entrants(values.get("contestants")),
				Path.of(values.getOrDefault("folder", "target/comparison")).toAbsolutePath());
	}

	// Names with a blank in them are hard to pass on a command line.
	private static List<String> workloads(@Nullable String names, List<String> known) {
		if (names == null) {
			return known;
		}
		List<String> workloads = Arrays.stream(names.split(",")).map((name) -> name.replace('-', ' ')).toList();
		workloads.stream().filter((name) -> !known.contains(name)).findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException("No workload is called %s. There are %s".formatted(name,
					known.stream().map((each) -> each.replace(' ', '-')).toList()));
		});
		return workloads;
	}

	private static List<Entrant> entrants(@Nullable String names) {
		return (names != null) ? Arrays.stream(names.split(",")).map(Entrant::of).toList() : List.of(Entrant.values());
	}

}
