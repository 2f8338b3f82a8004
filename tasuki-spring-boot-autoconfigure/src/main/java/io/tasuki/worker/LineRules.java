package io.tasuki.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.RetentionMode;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the jobs of a handler in a queue: made once for each handler and each
 * queue, and shared by all lines that it holds for.
 */
final class LineRules {

	private final Map<HandlerRegistration, SlotLimit> handlerLimits = new HashMap<>();

	private final Map<HandlerRegistration, StartRate> handlerRates = new HashMap<>();

	private final Map<String, SlotLimit> queueLimits = new HashMap<>();

	private final Map<String, StartRate> queueRates = new HashMap<>();

	private final Map<String, RetentionMode> queueRetention;

	private final LineExecutors executors;

	LineRules(WorkerSettings settings, HandlerRegistry handlers, ExecutionRules rules) {
		for (HandlerRegistration handler : handlers.all()) {
			HandlerExecution execution = handler.execution();
			if (execution.concurrency() != null) {
				this.handlerLimits.put(handler, new SlotLimit(execution.concurrency()));
			}
			if (execution.rateLimit() != null) {
				this.handlerRates.put(handler, new StartRate(execution.rateLimit()));
			}
		}
		this.queueRetention = settings.queueRetention();
		this.executors = new LineExecutors(handlers, rules);
		settings.queueConcurrency().forEach((queue, limit) -> this.queueLimits.put(queue, new SlotLimit(limit)));
		rules.queueRates().forEach((queue, limit) -> this.queueRates.put(queue, new StartRate(limit)));
	}

	/**
	 * Returns whether a handler's jobs are lines of their own, apart from those of other
	 * handlers.
	 */
	boolean separate(HandlerRegistration handler) {
		return this.handlerLimits.containsKey(handler) || this.handlerRates.containsKey(handler)
				|| handler.batch() != null;
	}

	/**
	 * Returns a line for the jobs of a handler that has lines of its own.
	 */
	Line line(String queue, HandlerRegistration handler) {
		HandlerBatch batch = handler.batch();
		return new Line(queue, handler.jobs().kinds(),
				both(this.queueLimits.get(queue), this.handlerLimits.get(handler)),
				both(this.queueRates.get(queue), this.handlerRates.get(handler)), executor(queue, handler),
				retention(queue), (batch != null) ? batch.size() : 1);
	}

	/**
	 * Returns a line for the jobs of several handlers that have none of their own and run
	 * in the same place.
	 */
	Line line(String queue, List<String> kinds, @Nullable LineExecutor executor) {
		return new Line(queue, kinds, both(this.queueLimits.get(queue), null), both(this.queueRates.get(queue), null),
				executor, retention(queue), 1);
	}

	private RetentionMode retention(String queue) {
		return this.queueRetention.getOrDefault(queue, RetentionMode.ALL);
	}

	/**
	 * Returns where the jobs of a handler in a queue run; {@code null} for the worker's
	 * own executor.
	 */
	@Nullable LineExecutor executor(String queue, HandlerRegistration handler) {
		return this.executors.of(queue, handler);
	}

	/**
	 * Returns the limit that a queue was configured to have; {@code null} if none.
	 */
	@Nullable SlotLimit queueLimit(String queue) {
		return this.queueLimits.get(queue);
	}

	private static <T> List<T> both(@Nullable T one, @Nullable T two) {
		List<T> both = new ArrayList<>();
		if (one != null) {
			both.add(one);
		}
		if (two != null) {
			both.add(two);
		}
		return both;
	}

}
