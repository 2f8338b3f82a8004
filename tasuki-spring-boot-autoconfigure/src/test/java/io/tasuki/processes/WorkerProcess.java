package io.tasuki.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A child JVM that runs a program of this package, and the signals an operating system
 * may send it.
 */
final class WorkerProcess {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final Path output;

	WorkerProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	void awaitReady() {
		Awaitility.await("the child JVM is ready")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> !isAlive() || lines().anyMatch("READY"::equals));
	}

	/**
	 * Ends the process at once, as a crash or the system's memory guard does.
	 */
	void kill9() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	/**
	 * Asks the process to end.
	 */
	void terminate() {
		signal("TERM");
	}

	/**
	 * Stops every thread of the process, as a long pause of its machine does. Returns
	 * when they stand still.
	 */
	void stop() {
		signal("STOP");
		Awaitility.await("the child JVM stands still")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(5))
			.until(this::standsStill);
	}

	/**
	 * Lets the threads of a stopped process go on.
	 */
	void resume() {
		signal("CONT");
	}

	/**
	 * Waits until the process is gone.
	 * @return its exit value
	 */
	int awaitEnd() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("Process %d does not end".formatted(pid()));
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the owners under which this process is known to have claimed.
	 */
	Set<Long> owners() {
		return numbersAfter("OWNER ").collect(Collectors.toSet());
	}

	/**
	 * Returns what the process took for the time when it was ready.
	 */
	long clockMillis() {
		return numbersAfter("CLOCK ").findFirst().orElseThrow();
	}

	private Stream<Long> numbersAfter(String word) {
		return lines().filter((line) -> line.startsWith(word))
			.map((line) -> Long.valueOf(line.substring(word.length())));
	}

	boolean printed(String text) {
		return lines().anyMatch((line) -> line.contains(text));
	}

	private Stream<String> lines() {
		return output().lines();
	}

	String output() {
		try {
			return new String(Files.readAllBytes(this.output), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void signal(String name) {
		Signals.send(name, List.of(pid()));
	}

	private boolean standsStill() throws IOException {
		Path threads = Path.of("/proc", Long.toString(pid()), "task");
		if (!Files.isDirectory(threads)) {
			return true;
		}
		try (Stream<Path> all = Files.list(threads)) {
			return all.allMatch(WorkerProcess::isStopped);
		}
	}

	private static boolean isStopped(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
			return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
		}
		catch (IOException ex) {
			return false;
		}
	}

}
