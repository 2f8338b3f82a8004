package io.tasuki;

import java.time.Duration;

record ExponentialBackoff(BackoffBounds bounds, double multiplier) implements Backoff {

	ExponentialBackoff {
		if (!(multiplier >= 1)) {
			throw new IllegalArgumentException("Multiplier must be at least 1, not " + multiplier);
		}
	}

	@Override
	public Duration after(int failedAttempt) {
		return this.bounds.scattered(this.bounds.initial().toMillis() * Math.pow(this.multiplier, failedAttempt - 1.0));
	}

}
