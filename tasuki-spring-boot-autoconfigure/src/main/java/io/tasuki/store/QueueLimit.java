package io.tasuki.store;

import org.jspecify.annotations.Nullable;

/**
 * How a queue was set at run time, as far as workers heed it.
 *
 * @param paused whether none of its jobs may start
 * @param concurrency most of its jobs that a worker runs at once; {@code null} for as
 * many as the worker's own settings say
 */
public record QueueLimit(boolean paused, @Nullable Integer concurrency) {

	/** Of a queue that was not set. */
	public static final QueueLimit NONE = new QueueLimit(false, null);

}
