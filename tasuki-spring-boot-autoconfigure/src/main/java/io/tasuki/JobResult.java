package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a handler says its attempt ended. An exception means {@link #retry()} and keeps the
 * error with the job.
 */
public sealed interface JobResult {

	/**
	 * The job is done.
	 */
	static JobResult done() {
		return Done.WITHOUT_RESULT;
	}

	/**
	 * The job is done and came to something that others may read, as
	 * {@link JobClient#awaitResult} does.
	 * @param result as JSON, kept with the job in the archive
	 */
	static JobResult done(String result) {
		return new Done(Objects.requireNonNull(result, "'result' must not be null"));
	}

	/**
	 * The attempt failed: run again after the usual backoff, or dead after the last
	 * attempt.
	 */
	static JobResult retry() {
		return new Retry(null, null);
	}

	/**
	 * The attempt failed: run again after this delay, or dead after the last attempt.
	 * @param delay not negative
	 */
	static JobResult retryIn(Duration delay) {
		return new Retry(delay, null);
	}

	/**
	 * The attempt failed: run again at this moment, or dead after the last attempt.
	 * @param runAt a moment that has passed means now
	 */
	static JobResult retryAt(Instant runAt) {
		return new Retry(null, runAt);
	}

	/**
	 * Not yet: run again after this delay. Uses up no attempt.
	 * @param delay not negative
	 */
	static JobResult snooze(Duration delay) {
		return new Snooze(delay);
	}

	/**
	 * The job is no longer wanted: it ends as cancelled.
	 * @param reason for a human
	 */
	static JobResult cancel(String reason) {
		return new Cancel(reason);
	}

	/**
	 * The job can never succeed: it is dead at once, whatever attempts are left.
	 * @param reason for a human
	 */
	static JobResult fail(String reason) {
		return new Fail(reason);
	}

	private static void checkDelay(Duration delay) {
		if (delay.isNegative() || delay.compareTo(JobRequest.MAX_DELAY) > 0) {
			throw new IllegalArgumentException(
					"Delay must be from zero to %s, not %s".formatted(JobRequest.MAX_DELAY, delay));
		}
	}

	/**
	 * Result of {@link #done()} and {@link #done(String)}.
	 *
	 * @param result what the job came to, as JSON; {@code null} for nothing
	 */
	record Done(@Nullable String result) implements JobResult {

		private static final Done WITHOUT_RESULT = new Done(null);

	}

	/**
	 * Result of {@link #retry()}, {@link #retryIn} and {@link #retryAt}.
	 *
	 * @param delay how long to wait; {@code null} if not named
	 * @param runAt moment to wait for; {@code null} if not named; excludes a delay
	 */
	record Retry(@Nullable Duration delay, @Nullable Instant runAt) implements JobResult {

		public Retry {
			if (delay != null && runAt != null) {
				throw new IllegalArgumentException("A retry has a delay or a run-at, not both");
			}
			if (delay != null) {
				checkDelay(delay);
			}
		}

	}

	/**
	 * Result of {@link #snooze}.
	 *
	 * @param delay how long to wait
	 */
	record Snooze(Duration delay) implements JobResult {

		public Snooze {
			checkDelay(delay);
		}

	}

	/**
	 * Result of {@link #cancel}.
	 *
	 * @param reason for a human
	 */
	record Cancel(String reason) implements JobResult {

		public Cancel {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

	/**
	 * Result of {@link #fail}.
	 *
	 * @param reason for a human
	 */
	record Fail(String reason) implements JobResult {

		public Fail {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

}
