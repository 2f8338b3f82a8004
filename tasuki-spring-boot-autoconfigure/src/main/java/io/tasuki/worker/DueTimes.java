package io.tasuki.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When the next job of each queue becomes due, as far as this worker knows: one time per
 * queue, since the database tells the next one when that has come. Times are
 * {@link System#nanoTime()}, counted from durations that the database measured. For one
 * thread.
 */
final class DueTimes {

	/** Beyond this the poll asks again anyway. */
	private static final Duration HORIZON = Duration.ofDays(1);

	private final Map<String, Long> byQueue = new HashMap<>();

	static long after(long now, Duration dueIn) {
		return now + ((dueIn.compareTo(HORIZON) < 0) ? dueIn : HORIZON).toNanos();
	}

	void note(String queue, long due) {
		this.byQueue.merge(queue, due, (one, two) -> (one - two <= 0) ? one : two);
	}

	/**
	 * Takes out the queues whose time has come.
	 */
	Set<String> takeDue(long now) {
		if (untilNext(now) > 0) {
			return Set.of();
		}
		Set<String> due = new HashSet<>();
		this.byQueue.forEach((queue, at) -> {
			if (at - now <= 0) {
				due.add(queue);
			}
		});
		this.byQueue.keySet().removeAll(due);
		return due;
	}

	/**
	 * Returns nanoseconds until the first of the times, negative when it has passed.
	 */
	long untilNext(long now) {
		long next = TimeUnit.DAYS.toNanos(1);
		for (long due : this.byQueue.values()) {
			next = Math.min(next, due - now);
		}
		return next;
	}

}
