package io.tasuki.store;

import java.time.Instant;
import java.util.Comparator;

/**
 * Place of a job in the run order of its queue and priority.
 *
 * @param runAt when the job is due, exactly as the database has it
 * @param id the job's number
 */
public record Position(Instant runAt, long id) implements Comparable<Position> {

	/** Before every job there can be. */
	public static final Position START = new Position(Instant.MIN, 0);

	/** Behind every job there can be. */
	public static final Position END = new Position(Instant.MAX, Long.MAX_VALUE);

	private static final Comparator<Position> ORDER = Comparator.comparing(Position::runAt)
		.thenComparingLong(Position::id);

	@Override
	public int compareTo(Position other) {
		return ORDER.compare(this, other);
	}

}
