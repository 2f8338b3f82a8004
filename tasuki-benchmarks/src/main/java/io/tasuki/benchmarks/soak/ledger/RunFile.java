package io.tasuki.benchmarks.soak.ledger;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The file into which one process writes what its handlers do, a line at a time. A line
 * that was written outlives the process, and no interruption tears it.
 */
public final class RunFile {

	private final FileOutputStream out;

	private final AtomicLong runs = new AtomicLong();

	/**
	 * Opens a new file.
	 */
	public RunFile(Path file) {
		try {
			this.out = new FileOutputStream(file.toFile(), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes that a handler begins.
	 * @return the number of the run in this file
	 */
	public long start(long job, long number, int attempt) {
		long run = this.runs.incrementAndGet();
		write("start %d %d %d %d %d".formatted(run, now(), job, number, attempt));
		return run;
	}

	/**
	 * Writes that a handler returned or threw.
	 */
	public void end(long run, boolean done) {
		write("%s %d %d".formatted((done) ? "done" : "failed", run, now()));
	}

	private static long now() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	// One call of the system for each line, under one lock: lines do not mix.
	private synchronized void write(String line) {
		try {
			this.out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a file that is complete, or whose process died.
	 */
	public static List<Run> read(Path file, int process) {
		if (!Files.exists(file)) {
			return List.of();
		}
		try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
			return parse(lines, process);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<Run> parse(Stream<String> lines, int process) {
		Map<Long, Run> runs = new HashMap<>();
		lines.map((line) -> line.split(" ")).forEach((words) -> {
			long run = Long.parseLong(words[1]);
			Instant at = Instant.EPOCH.plus(Long.parseLong(words[2]), ChronoUnit.MICROS);
			if (words[0].equals("start")) {
				runs.put(run, new Run(process, Long.parseLong(words[3]), Long.parseLong(words[4]),
						Integer.parseInt(words[5]), at, null, false));
			}
			else {
				runs.computeIfPresent(run, (number, begun) -> begun.ended(at, words[0].equals("done")));
			}
		});
		return List.copyOf(runs.values());
	}

}
