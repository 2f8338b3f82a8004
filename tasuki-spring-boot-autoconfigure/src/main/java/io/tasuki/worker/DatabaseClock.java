package io.tasuki.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * The database's clock, as far as this process knows it: set right each time the database
 * tells the time, and counted on from there. For what people read; nothing is decided by
 * it. Safe for use by many threads.
 */
final class DatabaseClock {

	/**
	 * Microseconds that the database's clock shows more than {@link System#nanoTime()}.
	 */
	private volatile long ahead;

	private volatile boolean heard;

	/**
	 * Sets the clock right.
	 * @param databaseTime what the database said
	 * @param askedAt the {@link System#nanoTime()} at which it was asked
	 */
	void heard(Instant databaseTime, long askedAt) {
		long saidAt = askedAt + (System.nanoTime() - askedAt) / 2;
		this.ahead = micros(databaseTime) - saidAt / 1_000;
		this.heard = true;
	}

	/**
	 * Returns how long ago a moment was; zero if it is still to come, or so long ago that
	 * nobody meant it; {@code null} while the database has not spoken.
	 */
	@Nullable Duration since(Instant moment) {
		if (!this.heard) {
			return null;
		}
		if (moment.isBefore(Instant.EPOCH)) {
			return Duration.ZERO;
		}
		long since = System.nanoTime() / 1_000 + this.ahead - micros(moment);
		return (since > 0) ? Duration.of(since, ChronoUnit.MICROS) : Duration.ZERO;
	}

	private static long micros(Instant moment) {
		return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
	}

}
