package io.tasuki.benchmarks.soak.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Sends processes what the JVM has no method for. Needs Linux.
 */
final class Signals {

	private Signals() {
	}

	/**
	 * Sends a signal.
	 * @param name without SIG
	 * @return whether there was a process to send it to
	 */
	static boolean send(String name, long pid) throws InterruptedException {
		try {
			return new ProcessBuilder("kill", "-" + name, Long.toString(pid)).redirectError(Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			throw new IllegalStateException("The soak needs a system with a 'kill' command", ex);
		}
	}

	/**
	 * Returns whether every thread of a process stands still, or there is no such
	 * process.
	 */
	static boolean standsStill(long pid) {
		Path threads = Path.of("/proc", Long.toString(pid), "task");
		try (Stream<Path> all = Files.list(threads)) {
			return all.allMatch(Signals::isStopped);
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static boolean isStopped(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
			return "TZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
		}
		catch (IOException ex) {
			return true;
		}
	}

}
