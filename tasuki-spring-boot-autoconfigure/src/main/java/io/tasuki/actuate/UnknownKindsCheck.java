package io.tasuki.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.tasuki.store.UnknownKind;
import io.tasuki.worker.SeenQueue;

/** Some live worker has a handler for every job that is due in the worker's queues. */
record UnknownKindsCheck() implements Check {

	/** Most kinds of a queue that are named. */
	static final int MOST_NAMED = 10;

	private static final String REMEDY = "Start an instance that has a handler for this kind in this queue, or give a"
			+ " handler the kind as an alias. If nobody wants these jobs, cancel them: JobOperations.cancelAll,"
			+ " or POST /actuator/tasuki/jobs/{id}/cancel for each";

	@Override
	public String name() {
		return "unknownKinds";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		DatabaseLook database = situation.database();
		if (database == null) {
			return List.of();
		}
		Map<String, Set<String>> taken = database.queues()
			.stream()
			.collect(Collectors.toMap(SeenQueue::name, (queue) -> queue.takers().kinds()));
		Map<String, List<UnknownKind>> byQueue = database.unknownKinds()
			.stream()
			.filter((unknown) -> !taken.getOrDefault(unknown.queue(), Set.of()).contains(unknown.kind()))
			.sorted(Comparator.comparingLong(UnknownKind::jobs).reversed())
			.collect(Collectors.groupingBy(UnknownKind::queue, TreeMap::new, Collectors.toList()));
		return byQueue.entrySet().stream().map((queue) -> problem(queue.getKey(), queue.getValue())).toList();
	}

	private static Problem problem(String queue, List<UnknownKind> kinds) {
		String named = kinds.stream().limit(MOST_NAMED).map(UnknownKindsCheck::text).collect(Collectors.joining(", "));
		int others = kinds.size() - MOST_NAMED;
		return new Problem("Jobs wait in queue '%s' for which no live worker has a handler: %s%s".formatted(queue,
				named, (others > 0) ? ", and those of %d other kinds".formatted(others) : ""), REMEDY);
	}

	private static String text(UnknownKind unknown) {
		return "%s%d of kind '%s' (the oldest due for %s)".formatted((unknown.more()) ? "at least " : "",
				unknown.jobs(), unknown.kind(), Ages.text(unknown.dueFor()));
	}

}
