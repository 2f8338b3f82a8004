package io.tasuki;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

record ExponentialBackoff(Duration initial, double multiplier, Duration max, double jitter) implements Backoff {

	ExponentialBackoff {
		if (initial.isNegative()) {
			throw new IllegalArgumentException("Initial delay must not be negative: " + initial);
		}
		if (!(multiplier >= 1)) {
			throw new IllegalArgumentException("Multiplier must be at least 1, not " + multiplier);
		}
		if (max.compareTo(initial) < 0) {
			throw new IllegalArgumentException("Max delay %s must not be below the initial %s".formatted(max, initial));
		}
		if (max.compareTo(JobRequest.MAX_DELAY) > 0) {
			throw new IllegalArgumentException(
					"Max delay must be at most %s, not %s".formatted(JobRequest.MAX_DELAY, max));
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			throw new IllegalArgumentException("Jitter must be from 0 to 1, not " + jitter);
		}
	}

	@Override
	public Duration after(int failedAttempt) {
		double millis = this.initial.toMillis() * Math.pow(this.multiplier, failedAttempt - 1.0);
		double capped = Math.min(millis, this.max.toMillis());
		double scatter = (this.jitter > 0) ? ThreadLocalRandom.current().nextDouble(-this.jitter, this.jitter) : 0;
		return Duration.ofMillis(Math.round(capped * (1 + scatter)));
	}

}
