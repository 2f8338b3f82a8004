package io.tasuki.store;

import java.time.Duration;

/**
 * Jobs of a kind without a handler that are due in a queue and wait.
 *
 * @param queue where they wait
 * @param kind what no handler runs
 * @param jobs how many were seen
 * @param more whether there may be more, because the look ended before the last due job
 * @param dueFor how long the one that waits longest has been due
 */
public record UnknownKind(String queue, String kind, long jobs, boolean more, Duration dueFor) {

}
