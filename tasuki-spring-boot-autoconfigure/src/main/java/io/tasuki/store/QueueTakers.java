package io.tasuki.store;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who takes the jobs of a queue.
 *
 * @param queue its name
 * @param pausedFor how long it has been paused; {@code null} if it is not
 * @param workers how many live workers look into it and do not drain
 * @param kinds what they have handlers for
 */
public record QueueTakers(String queue, @Nullable Duration pausedFor, int workers, Set<String> kinds) {

	public QueueTakers {
		kinds = Set.copyOf(kinds);
	}

	/**
	 * Returns what is known of a queue that nobody knows anything of.
	 */
	public static QueueTakers none(String queue) {
		return new QueueTakers(queue, null, 0, Set.of());
	}

}
