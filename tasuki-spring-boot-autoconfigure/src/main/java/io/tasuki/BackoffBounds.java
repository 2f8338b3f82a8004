package io.tasuki;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What every growing backoff has: where it begins, where it ends, and by how much it is
 * scattered.
 */
record BackoffBounds(Duration initial, Duration max, double jitter) {

	BackoffBounds {
		if (initial.isNegative()) {
			throw new IllegalArgumentException("Initial delay must not be negative: " + initial);
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

	/**
	 * Returns the wait that is nearest to so many milliseconds, before it is scattered.
	 */
	Duration scattered(double millis) {
		double capped = Math.min(millis, this.max.toMillis());
		double scatter = (this.jitter > 0) ? ThreadLocalRandom.current().nextDouble(-this.jitter, this.jitter) : 0;
		return Duration.ofMillis(Math.round(capped * (1 + scatter)));
	}

}
