package io.tasuki.histories;

import java.time.Duration;
import java.time.Instant;

/**
 * The time of a history. Every moment in it lies near a whole hour from its start, by the
 * database's clock.
 *
 * @param start when the history began
 */
record Hours(Instant start) {

	private static final Duration HALF = Duration.ofMinutes(30);

	Instant in(int hours) {
		return this.start.plus(Duration.ofHours(hours));
	}

	/** Returns the hour next to a moment. */
	int of(Instant moment) {
		return round(Duration.between(this.start, moment));
	}

	boolean past(Instant moment) {
		return moment.isBefore(this.start.plus(HALF));
	}

	static int round(Duration duration) {
		return (int) Math.floorDiv(duration.plus(HALF).toSeconds(), 3600);
	}

}
