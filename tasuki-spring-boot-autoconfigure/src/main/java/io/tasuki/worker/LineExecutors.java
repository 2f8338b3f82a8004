package io.tasuki.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Finds the executors that handlers and queues name, each once.
 */
final class LineExecutors {

	private final Map<String, String> queueExecutors;

	private final Function<String, Executor> byName;

	private final Map<String, LineExecutor> found = new HashMap<>();

	/**
	 * Looks for the executors of all queues and handlers.
	 * @throws UnknownExecutorException if there is none of such a name
	 */
	LineExecutors(HandlerRegistry handlers, ExecutionRules rules) {
		this.queueExecutors = rules.queueExecutors();
		this.byName = rules.executors();
		this.queueExecutors.forEach((queue, name) -> find(name, "queue '%s'".formatted(queue)));
		for (HandlerRegistration handler : handlers.all()) {
			if (handler.execution().executor() != null) {
				find(handler.execution().executor(), handler.description());
			}
		}
	}

	private void find(String name, String user) {
		if (!this.found.containsKey(name)) {
			this.found.put(name, new LineExecutor(name, get(name, user)));
		}
	}

	private Executor get(String name, String user) {
		try {
			return this.byName.apply(name);
		}
		catch (RuntimeException ex) {
			throw new UnknownExecutorException(name, user, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Returns where the jobs of a handler in a queue run: in the executor that the
	 * handler names, else in the queue's; {@code null} for the worker's own.
	 */
	@Nullable LineExecutor of(String queue, HandlerRegistration handler) {
		String own = handler.execution().executor();
		return this.found.get((own != null) ? own : this.queueExecutors.getOrDefault(queue, ""));
	}

}
