package io.tasuki;

import java.time.Duration;

record LinearBackoff(BackoffBounds bounds, Duration increment) implements Backoff {

	LinearBackoff {
		if (increment.isNegative() || increment.compareTo(JobRequest.MAX_DELAY) > 0) {
			throw new IllegalArgumentException(
					"Increment must be from zero to %s, not %s".formatted(JobRequest.MAX_DELAY, increment));
		}
	}

	@Override
	public Duration after(int failedAttempt) {
		return this.bounds
			.scattered(this.bounds.initial().toMillis() + this.increment.toMillis() * (failedAttempt - 1.0));
	}

}
