package io.tasuki;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How a queue was set at run time, for all instances.
 *
 * @param queue the queue
 * @param pausedAt since when it is paused; {@code null} if it is not
 * @param concurrency most jobs of the queue that each instance runs at once; {@code null}
 * where each instance's own configuration decides
 * @param changedAt when this was last changed; {@code null} if it never was
 */
public record QueueSettings(String queue, @Nullable Instant pausedAt, @Nullable Integer concurrency,
		@Nullable Instant changedAt) {

	/**
	 * Returns whether no worker takes jobs of this queue at present.
	 */
	public boolean isPaused() {
		return this.pausedAt != null;
	}

}
