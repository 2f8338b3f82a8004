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
		return constant(delay, 0);
	}

	/**
	 * Returns a backoff that always waits about equally long.
	 * @param delay the wait, not negative
	 * @param jitter part of the wait, from 0 to 1, by which it may be longer or shorter
	 */
	static Backoff constant(Duration delay, double jitter) {
		return new LinearBackoff(new BackoffBounds(delay, delay, jitter), Duration.ZERO);
	}

	/**
	 * Returns a backoff that grows by the same step with each attempt, up to a limit, and
	 * is then scattered at random.
	 * @param initial the wait after the first attempt, not negative
	 * @param increment what each further attempt adds, not negative
	 * @param max longest wait before scattering, at least {@code initial}
	 * @param jitter part of the wait, from 0 to 1, by which it may be longer or shorter
	 */
	static Backoff linear(Duration initial, Duration increment, Duration max, double jitter) {
		return new LinearBackoff(new BackoffBounds(initial, max, jitter), increment);
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
		return new ExponentialBackoff(new BackoffBounds(initial, max, jitter), multiplier);
	}

	/**
	 * Returns a backoff that grows with a power of the number of attempts, up to a limit,
	 * and is then scattered at random. With the exponent 2 and an initial wait of a
	 * second it waits 1, 4, 9, 16 seconds: slower than an exponential one in the long
	 * run.
	 * @param initial the wait after the first attempt, not negative
	 * @param exponent the power, at least 0
	 * @param max longest wait before scattering, at least {@code initial}
	 * @param jitter part of the wait, from 0 to 1, by which it may be longer or shorter
	 */
	static Backoff polynomial(Duration initial, double exponent, Duration max, double jitter) {
		return new PolynomialBackoff(new BackoffBounds(initial, max, jitter), exponent);
	}

}
