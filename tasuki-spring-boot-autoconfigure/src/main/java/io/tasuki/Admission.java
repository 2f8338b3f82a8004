package io.tasuki;

import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link JobGate} answers when it is asked whether a job may start.
 */
public sealed interface Admission {

	/**
	 * The job may start, unless a later gate does not let it.
	 */
	static Admission grant() {
		return Grant.INSTANCE;
	}

	/**
	 * Not now: the job waits for so long and is asked about again then. Uses up no
	 * attempt, however often.
	 * @param delay more than zero
	 */
	static Admission defer(Duration delay) {
		return new Defer(delay);
	}

	/**
	 * The job is no longer wanted: it ends as cancelled.
	 * @param reason for a human
	 */
	static Admission cancel(String reason) {
		return new Cancel(reason);
	}

	/**
	 * The attempt counts as failed although the handler was not called: the job runs
	 * again after the usual backoff, or is dead after the last attempt.
	 * @param reason for a human
	 */
	static Admission retry(String reason) {
		return new Retry(reason);
	}

	/** Answer of {@link #grant()}. */
	record Grant() implements Admission {

		private static final Grant INSTANCE = new Grant();

	}

	/**
	 * Answer of {@link #defer}.
	 *
	 * @param delay how long the job waits
	 */
	record Defer(Duration delay) implements Admission {

		public Defer {
			if (delay.isZero() || delay.isNegative() || delay.compareTo(JobRequest.MAX_DELAY) > 0) {
				throw new IllegalArgumentException("A job can be deferred by more than zero and at most %s, not by %s"
					.formatted(JobRequest.MAX_DELAY, delay));
			}
		}

	}

	/**
	 * Answer of {@link #cancel}.
	 *
	 * @param reason for a human
	 */
	record Cancel(String reason) implements Admission {

		public Cancel {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

	/**
	 * Answer of {@link #retry}.
	 *
	 * @param reason for a human
	 */
	record Retry(String reason) implements Admission {

		public Retry {
			Objects.requireNonNull(reason, "'reason' must not be null");
		}

	}

}
