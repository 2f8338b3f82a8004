package io.tasuki.benchmarks.soak.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file into which one process writes what it claimed and under which owner, before
 * any of it can start. It tells the rows of one process from those of another, and which
 * claims were fresh when the server crashed.
 *
 * @param path where it is
 */
public record ClaimFile(Path path) {

	/**
	 * Adds a claim.
	 */
	public void add(long owner, Collection<Long> jobs) {
		String words = jobs.stream().map(String::valueOf).collect(Collectors.joining(" "));
		try {
			Files.writeString(this.path, "%d %d %s\n".formatted(Instant.now().toEpochMilli(), owner, words),
					StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the owners under which the process has claimed.
	 */
	public Set<Long> owners() {
		return read((lines) -> lines.map((words) -> Long.valueOf(words.get(1))).collect(Collectors.toSet()));
	}

	/**
	 * Returns what the process has claimed since then.
	 */
	public Set<Long> claimedSince(Instant moment) {
		return read((lines) -> lines.filter((words) -> Long.parseLong(words.get(0)) >= moment.toEpochMilli())
			.flatMap((words) -> words.stream().skip(2))
			.map(Long::valueOf)
			.collect(Collectors.toSet()));
	}

	private Set<Long> read(Function<Stream<List<String>>, Set<Long>> reader) {
		if (!Files.exists(this.path)) {
			return Set.of();
		}
		try (Stream<String> lines = Files.lines(this.path, StandardCharsets.US_ASCII)) {
			return reader.apply(lines.map((line) -> Arrays.asList(line.split(" "))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
