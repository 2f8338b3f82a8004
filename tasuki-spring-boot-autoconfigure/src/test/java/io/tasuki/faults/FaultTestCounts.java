package io.tasuki.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How many fault tests ran, and the situations they passed in, over all test JVMs of a
 * build: each keeps a file of its own in one folder.
 */
final class FaultTestCounts {

	private final Path file;

	FaultTestCounts(Path folder, String jvm) {
		this.file = folder.resolve(jvm);
	}

	/**
	 * Replaces what this JVM has said before.
	 * @return the sum over all of them
	 */
	Count write(Count own) {
		try {
			Files.createDirectories(this.file.getParent());
			Files.writeString(this.file, own.text());
			try (Stream<Path> files = Files.list(this.file.getParent())) {
				return files.map(FaultTestCounts::read).reduce(new Count(0, 0, new TreeSet<>()), Count::plus);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Count read(Path file) {
		try {
			return Count.of(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Counts of tests.
	 *
	 * @param run how many ran
	 * @param passed how many of them passed
	 * @param situations in which
	 */
	record Count(int run, int passed, SortedSet<Integer> situations) {

		private static Count of(String text) {
			List<Integer> numbers = new ArrayList<>();
			text.strip().lines().forEach((line) -> numbers.add(Integer.valueOf(line)));
			return (numbers.size() < 2) ? new Count(0, 0, new TreeSet<>())
					: new Count(numbers.get(0), numbers.get(1), new TreeSet<>(numbers.subList(2, numbers.size())));
		}

		private String text() {
			StringBuilder text = new StringBuilder().append(this.run).append('\n').append(this.passed).append('\n');
			this.situations.forEach((situation) -> text.append(situation).append('\n'));
			return text.toString();
		}

		private Count plus(Count other) {
			SortedSet<Integer> both = new TreeSet<>(this.situations);
			both.addAll(other.situations);
			return new Count(this.run + other.run, this.passed + other.passed, both);
		}

	}

}
