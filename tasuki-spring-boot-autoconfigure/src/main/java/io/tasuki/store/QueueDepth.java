package io.tasuki.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How full a queue is, as far as it was counted.
 *
 * @param queue its name
 * @param due live jobs that are due and that nobody runs
 * @param scheduled live jobs that are due later
 * @param running jobs that a worker holds
 * @param dead dead letters
 * @param complete whether all of them were counted; if not, there are at least as many
 * @param oldestDue how long the job that waits longest has been due; {@code null} if none
 * is
 */
public record QueueDepth(String queue, long due, long scheduled, long running, long dead, boolean complete,
		@Nullable Duration oldestDue) {

}
