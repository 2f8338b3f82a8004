package io.tasuki.actuate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tasuki.QueueCounts;
import io.tasuki.QueueSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the queues hold and how they were set.
 *
 * @param queues those that hold live or dead jobs or were ever set, by name
 */
public record QueuesDescriptor(List<Queue> queues) implements OperationResponseBody {

	static QueuesDescriptor of(Collection<QueueCounts> counts, Collection<QueueSettings> settings) {
		// Where not all was counted, nothing is known of a queue without a count.
		boolean complete = counts.stream().allMatch(QueueCounts::complete);
		Map<String, Queue> queues = new TreeMap<>();
		settings.forEach((queue) -> queues.put(queue.queue(), Queue.of(queue, complete)));
		counts.forEach((count) -> queues.put(count.queue(), Queue.of(count, queues.get(count.queue()))));
		return new QueuesDescriptor(List.copyOf(queues.values()));
	}

	/**
	 * One queue.
	 *
	 * @param name the queue
	 * @param due jobs that wait and whose time has come
	 * @param scheduled jobs that wait for a moment that lies ahead
	 * @param running jobs that a worker holds
	 * @param dead dead letters that were jobs of this queue
	 * @param complete whether everything was counted; {@code false} where there is so
	 * much that the numbers say "at least"
	 * @param pausedAt since when it is paused; {@code null} if it is not
	 * @param concurrency most jobs of the queue that each instance runs at once, as set
	 * at run time; {@code null} where each instance's own configuration decides
	 */
	public record Queue(String name, long due, long scheduled, long running, long dead, boolean complete,
			@Nullable Instant pausedAt, @Nullable Integer concurrency) {

		private static Queue of(QueueSettings settings, boolean complete) {
			return new Queue(settings.queue(), 0, 0, 0, 0, complete, settings.pausedAt(), settings.concurrency());
		}

		private static Queue of(QueueCounts counts, @Nullable Queue settings) {
			return new Queue(counts.queue(), counts.due(), counts.scheduled(), counts.running(), counts.dead(),
					counts.complete(), (settings != null) ? settings.pausedAt() : null,
					(settings != null) ? settings.concurrency() : null);
		}

	}

}
