package io.tasuki;

import java.time.Duration;

/**
 * How long a job waits after a failed attempt.
 */
@FunctionalInterface
public interface Backoff {

	/**
	 * Returns the wait before the next attempt.
	 * @param failedAttempt number of the attempt that failed, counted from 1
	 * @return a wait of zero or more
	 */
	Duration after(int failedAttempt);

	/**
	 * Returns a backoff that always waits equally long.
	 * @param delay the wait, not negative
	 */
	static Backoff constant(Duration delay) {
		return new ExponentialBackoff(delay, 1, delay, 0);
	}

	/**
	 * Returns a backoff that grows by a factor with each attempt, up to a limit, and is
	 * then scattered at random so that jobs which failed together do not return together.
	 * @param initial the wait after the first attempt, not negative
	 * @param multiplier factor per attempt, at least 1
	 * @param max longest wait before scattering, at least {@code initial}
	 * @param jitter part of the wait, from 0 to 1, by which it may be longer or shorter
	 */
	static Backoff exponential(Duration initial, double multiplier, Duration max, double jitter) {
		return new ExponentialBackoff(initial, multiplier, max, jitter);
	}

}
