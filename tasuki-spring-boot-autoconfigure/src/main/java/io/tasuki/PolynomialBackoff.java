package io.tasuki;

import java.time.Duration;

record PolynomialBackoff(BackoffBounds bounds, double exponent) implements Backoff {

	PolynomialBackoff {
		if (!(exponent >= 0)) {
			throw new IllegalArgumentException("Exponent must be at least 0, not " + exponent);
		}
	}

	@Override
	public Duration after(int failedAttempt) {
		return this.bounds.scattered(this.bounds.initial().toMillis() * Math.pow(failedAttempt, this.exponent));
	}

}
