package io.tasuki.benchmarks.comparison.workload;

import java.util.ArrayList;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.ProcessCommand;

/**
 * Options of JVMs that are not like the others. What begins with {@code -D} is
 * configuration of the application in it, if it is a Spring Boot application.
 */
final class JvmOptions {

	private JvmOptions() {
	}

	/**
	 * Returns the usual options and some more.
	 */
	static List<String> usualAnd(List<String> more) {
		List<String> options = new ArrayList<>(ProcessCommand.JVM_OPTIONS);
		options.addAll(more);
		return List.copyOf(options);
	}

	/**
	 * Returns the usual options, with a worker that serves some queues beside the default
	 * one, none with a limit that matters.
	 */
	static List<String> withQueues(List<String> queues) {
		return usualAnd(queues.stream()
			.filter((queue) -> !queue.equals("default"))
			.map("-Dtasuki.queues.%s.concurrency=1000"::formatted)
			.toList());
	}

	/**
	 * Returns the options of a JVM with a heap of its own, which ends if that does not
	 * suffice.
	 */
	static List<String> withHeap(String size) {
		return List.of("-Xmx" + size, "-XX:+ExitOnOutOfMemoryError");
	}

}
