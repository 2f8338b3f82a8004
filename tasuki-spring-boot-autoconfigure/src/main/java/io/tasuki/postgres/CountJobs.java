package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tasuki.QueueCounts;

/** Counts live and dead jobs, queue by queue, within a bound that all queues share. */
final class CountJobs {

	/** Most queues with live jobs that are looked for. */
	static final int MOST_QUEUES = 1_000;

	/**
	 * Most live jobs, and most dead ones, that are counted where there are few queues.
	 */
	private static final int MOST_JOBS = 100_000;

	private static final int MOST_OF_A_QUEUE = 50_000;

	private CountJobs() {
	}

	static List<QueueCounts> run(CallersConnection connection) throws SQLException {
		List<String> queues = FindQueues.run(connection, MOST_QUEUES);
		int most = Math.min(MOST_OF_A_QUEUE, MOST_JOBS / Math.max(1, queues.size()));
		TreeMap<String, QueueCounts> counts = CountLiveJobs.run(connection, queues, most);
		Map<String, Long> dead = CountDeadJobs.run(connection, MOST_JOBS);
		boolean allDead = dead.values().stream().mapToLong(Long::longValue).sum() < MOST_JOBS;
		dead.keySet().forEach((queue) -> counts.putIfAbsent(queue, new QueueCounts(queue, 0, 0, 0, 0, true)));
		return counts.values()
			.stream()
			.map((count) -> new QueueCounts(count.queue(), count.due(), count.scheduled(), count.running(),
					dead.getOrDefault(count.queue(), 0L), count.complete() && allDead))
			.toList();
	}

}
