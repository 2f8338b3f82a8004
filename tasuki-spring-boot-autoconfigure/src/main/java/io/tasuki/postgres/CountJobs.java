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
	 * Most live jobs that are read, those that are read twice included. Where jobs of
	 * many queues were enqueued in turns, each next one lies on another page: a
	 * microsecond.
	 */
	static final int MOST_LIVE = 20_000;

	/** How much of that goes into finding out which queues hold little. */
	private static final int FIRST_PART = 4;

	/** Most dead jobs that are read; they lie next to each other as they died. */
	static final int MOST_DEAD = 50_000;

	private CountJobs() {
	}

	static List<QueueCounts> run(CallersConnection connection) throws SQLException {
		TreeMap<String, QueueCounts> counts = countLive(connection, FindQueues.run(connection, MOST_QUEUES));
		Map<String, Long> dead = CountDeadJobs.run(connection, MOST_DEAD);
		boolean allDead = sum(dead) < MOST_DEAD;
		dead.keySet().forEach((queue) -> counts.putIfAbsent(queue, new QueueCounts(queue, 0, 0, 0, 0, true)));
		return counts.values()
			.stream()
			.map((count) -> new QueueCounts(count.queue(), count.due(), count.scheduled(), count.running(),
					dead.getOrDefault(count.queue(), 0L), count.complete() && allDead))
			.toList();
	}

	/**
	 * Counts a little of each queue, and leaves the rest of what may be read to those
	 * that hold more.
	 */
	private static TreeMap<String, QueueCounts> countLive(CallersConnection connection, List<String> queues)
			throws SQLException {
		int little = MOST_LIVE / FIRST_PART / Math.max(1, queues.size());
		TreeMap<String, QueueCounts> counts = CountLiveJobs.run(connection, queues, little);
		List<String> larger = counts.values()
			.stream()
			.filter((count) -> !count.complete())
			.map(QueueCounts::queue)
			.toList();
		if (!larger.isEmpty()) {
			int rest = MOST_LIVE - counts.values().stream().mapToInt(CountJobs::live).sum();
			counts.putAll(CountLiveJobs.run(connection, larger, rest / larger.size()));
		}
		return counts;
	}

	private static int live(QueueCounts count) {
		return (int) (count.due() + count.scheduled() + count.running());
	}

	private static long sum(Map<String, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

}
