package io.tasuki.store;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, and so what becomes of its job.
 */
public sealed interface Outcome {

	/**
	 * The job leaves the live table as succeeded.
	 *
	 * @param result what it came to, as JSON; {@code null} for nothing
	 */
	record Succeeded(@Nullable String result) implements Outcome {

		/**
		 * Creates the outcome of a job that came to nothing to be kept.
		 */
		public Succeeded() {
			this(null);
		}

	}

	/**
	 * The job leaves the live table as cancelled.
	 *
	 * @param reason for a human
	 */
	record Cancelled(String reason) implements Outcome {

		/** What becomes of a job that somebody cancelled from outside. */
		public static final Cancelled BY_REQUEST = new Cancelled("Cancelled by request");

	}

	/**
	 * The job moves to the dead letters.
	 *
	 * @param reason for a human
	 * @param maxAttempts limit of attempts that was applied
	 */
	record Dead(String reason, int maxAttempts) implements Outcome {
	}

	/**
	 * The job becomes available again; the attempt is used up.
	 *
	 * @param delay how long to wait; {@code null} when a run-at is named
	 * @param runAt moment to wait for; {@code null} when a delay is named
	 */
	record Retry(@Nullable Duration delay, @Nullable Instant runAt) implements Outcome {
	}

	/**
	 * The job becomes available again; the attempt is given back.
	 *
	 * @param delay how long to wait
	 */
	record Snoozed(Duration delay) implements Outcome {
	}

	/**
	 * The job becomes available again as if it had never been claimed: the attempt is
	 * given back and its crashes stay as they were when it was claimed.
	 *
	 * @param crashes the count to leave behind
	 * @param delay how long to wait; {@code null} to go back to its old place at once
	 */
	record HandedBack(int crashes, @Nullable Duration delay) implements Outcome {

		/**
		 * Creates the outcome of a job that goes back to its old place.
		 */
		public HandedBack(int crashes) {
			this(crashes, null);
		}

	}

}
