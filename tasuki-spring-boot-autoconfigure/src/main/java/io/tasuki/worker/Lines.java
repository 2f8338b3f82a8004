package io.tasuki.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.tasuki.JobRequest;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a worker: in every queue it serves, one for all kinds without a limit of
 * their own that run in the same executor, and one for each handler that has one.
 */
final class Lines {

	private final List<LineCursor> all = new ArrayList<>();

	private final Map<String, Map<String, LineCursor>> byQueueAndKind = new HashMap<>();

	private final LineRules rules;

	private Lines(LineRules rules) {
		this.rules = rules;
	}

	/**
	 * Lays out the lines. Every kind is served in every queue, since a job may be put in
	 * any of them; a handler's limit holds over all queues.
	 */
	static Lines of(WorkerSettings settings, HandlerRegistry handlers, ExecutionRules rules) {
		Lines lines = new Lines(new LineRules(settings, handlers, rules));
		for (String queue : queues(settings, handlers, rules)) {
			lines.addQueue(queue, handlers, lines.rules);
		}
		return lines;
	}

	static TreeSet<String> queues(WorkerSettings settings, HandlerRegistry handlers, ExecutionRules rules) {
		TreeSet<String> queues = new TreeSet<>(settings.queueConcurrency().keySet());
		queues.addAll(rules.queueRates().keySet());
		queues.addAll(rules.queueExecutors().keySet());
		queues.add(JobRequest.DEFAULT_QUEUE);
		handlers.all().forEach((handler) -> {
			String queue = handler.jobs().queue();
			if (queue != null) {
				queues.add(queue);
			}
		});
		return queues;
	}

	private void addQueue(String queue, HandlerRegistry handlers, LineRules rules) {
		Map<Optional<LineExecutor>, List<String>> unlimited = new LinkedHashMap<>();
		for (HandlerRegistration handler : handlers.all()) {
			if (rules.separate(handler)) {
				add(rules.line(queue, handler));
			}
			else {
				unlimited
					.computeIfAbsent(Optional.ofNullable(rules.executor(queue, handler)),
							(executor) -> new ArrayList<>())
					.addAll(handler.jobs().kinds());
			}
		}
		unlimited.forEach((executor, kinds) -> add(rules.line(queue, kinds, executor.orElse(null))));
	}

	private void add(Line line) {
		LineCursor cursor = new LineCursor(line);
		this.all.add(cursor);
		Map<String, LineCursor> byKind = this.byQueueAndKind.computeIfAbsent(line.queue(), (queue) -> new HashMap<>());
		line.kinds().forEach((kind) -> byKind.put(kind, cursor));
	}

	/**
	 * Returns all lines, those whose turn it is first.
	 */
	List<LineCursor> all() {
		return this.all;
	}

	/**
	 * Notes that a claim brought jobs of these lines: theirs is the last turn of their
	 * queues, and their queues' the last of all.
	 */
	void served(Set<LineCursor> lines) {
		Set<String> queues = new HashSet<>();
		lines.forEach((cursor) -> queues.add(cursor.line().queue()));
		this.all.sort(Comparator.comparingInt((cursor) -> {
			if (lines.contains(cursor)) {
				return 2;
			}
			return queues.contains(cursor.line().queue()) ? 1 : 0;
		}));
	}

	/**
	 * Returns the lines of a queue; none if this worker does not serve it.
	 */
	Iterable<LineCursor> ofQueue(String queue) {
		return this.byQueueAndKind.getOrDefault(queue, Map.of()).values();
	}

	/**
	 * Returns the limit that a queue was configured to have; {@code null} if none.
	 */
	@Nullable SlotLimit limitOf(String queue) {
		return this.rules.queueLimit(queue);
	}

	/**
	 * Returns the line that holds a claimed job.
	 */
	LineCursor of(String queue, String kind) {
		LineCursor cursor = this.byQueueAndKind.getOrDefault(queue, Map.of()).get(kind);
		if (cursor == null) {
			throw new IllegalStateException(
					"Claimed kind '%s' in queue '%s', which was not asked for".formatted(kind, queue));
		}
		return cursor;
	}

	/**
	 * Returns the queues that have lines.
	 */
	Set<String> queues() {
		return this.byQueueAndKind.keySet();
	}

	/**
	 * Says in a few words what is served, for the log.
	 */
	String describe() {
		if (this.all.isEmpty()) {
			return "no handlers, so there is nothing to run";
		}
		int kinds = this.byQueueAndKind.values().iterator().next().size();
		return "%d kinds in the queues %s".formatted(kinds, new TreeSet<>(queues()));
	}

}
