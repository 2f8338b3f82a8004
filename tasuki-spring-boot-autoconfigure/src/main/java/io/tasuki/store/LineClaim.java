package io.tasuki.store;

import java.util.List;

/**
 * What to claim of one line: the jobs of some kinds in one queue.
 *
 * @param queue the queue
 * @param kinds kinds to take; jobs of other kinds are passed over untouched
 * @param limit most jobs to take from this line, over all priorities
 * @param cursors one position per priority, 0 to 9: only jobs behind it are looked at.
 * Priorities at {@link Position#END} are passed over; a claim of one line in which all
 * but one are is much cheaper
 */
public record LineClaim(String queue, List<String> kinds, int limit, List<Position> cursors) {

	/** Number of priorities, and of cursors. */
	public static final int PRIORITIES = 10;

	public LineClaim {
		if (cursors.size() != PRIORITIES) {
			throw new IllegalArgumentException("A line has %d cursors, not %d".formatted(PRIORITIES, cursors.size()));
		}
	}

}
