package io.tasuki.benchmarks.comparison.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Processor time of a process and its children, as Linux tells it.
 *
 * @param processes folder of all processes
 * @param root id of the process
 */
record ProcessTree(Path processes, long root) {

	/** The same on every Linux that there is. */
	private static final long MICROS_PER_TICK = 10_000;

	ProcessTree(long root) {
		this(Path.of("/proc"), root);
	}

	/**
	 * Returns the time in microseconds, children that have ended included; empty where
	 * nobody can tell.
	 */
	OptionalLong cpuMicros() {
		Optional<Stat> own = stat(this.processes.resolve(Long.toString(this.root)));
		if (own.isEmpty()) {
			return OptionalLong.empty();
		}
		long children = folders().stream()
			.flatMap((folder) -> stat(folder).stream())
			.filter((stat) -> stat.parent() == this.root)
			.mapToLong(Stat::ownTicks)
			.sum();
		return OptionalLong.of((own.get().ownTicks() + own.get().endedChildrenTicks() + children) * MICROS_PER_TICK);
	}

	private List<Path> folders() {
		try (Stream<Path> folders = Files.list(this.processes)) {
			return folders.filter((folder) -> folder.getFileName().toString().matches("\\d+")).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static Optional<Stat> stat(Path folder) {
		try {
			return Optional.of(Stat.parse(Files.readString(folder.resolve("stat"))));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * A process's line.
	 *
	 * @param parent id of its parent
	 * @param ownTicks time in its own code and in the kernel
	 * @param endedChildrenTicks the same of children that have ended
	 */
	record Stat(long parent, long ownTicks, long endedChildrenTicks) {

		// The name may hold anything, but no field behind it holds a parenthesis.
		static Stat parse(String line) {
			String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
			return new Stat(Long.parseLong(fields[1]), Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
					Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
		}

	}

}
