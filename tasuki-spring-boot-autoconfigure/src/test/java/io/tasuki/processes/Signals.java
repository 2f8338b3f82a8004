package io.tasuki.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends processes what the JVM has no method for. */
final class Signals {

	private Signals() {
	}

	/**
	 * Sends a signal.
	 * @param name without SIG
	 */
	static void send(String name, Collection<Long> processes) {
		List<String> command = new ArrayList<>(List.of("kill", "-" + name));
		processes.forEach((process) -> command.add(Long.toString(process)));
		try {
			if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
				throw new IllegalStateException("Could not send %s to %s".formatted(name, processes));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
