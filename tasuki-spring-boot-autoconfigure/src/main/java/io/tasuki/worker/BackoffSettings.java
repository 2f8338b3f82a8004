package io.tasuki.worker;

import java.time.Duration;
import java.util.Objects;

import io.tasuki.Backoff;
import io.tasuki.BackoffType;
import org.jspecify.annotations.Nullable;

/**
 * A backoff as configuration describes it: what its type does not use says nothing.
 *
 * @param type how the wait grows
 * @param initialDelay wait after the first failed attempt
 * @param increment what a linear backoff adds with each further one; {@code null} for the
 * initial delay
 * @param multiplier factor of an exponential backoff
 * @param exponent power of a polynomial backoff
 * @param maxDelay longest wait, before jitter; a constant backoff has none
 * @param jitter part of the wait, from 0 to 1, by which it may be longer or shorter
 */
public record BackoffSettings(BackoffType type, Duration initialDelay, @Nullable Duration increment, double multiplier,
		double exponent, Duration maxDelay, double jitter) {

	/**
	 * Returns that backoff.
	 * @throws IllegalArgumentException if a value makes no sense
	 */
	public Backoff toBackoff() {
		return switch (this.type) {
			case CONSTANT -> Backoff.constant(this.initialDelay, this.jitter);
			case LINEAR -> Backoff.linear(this.initialDelay,
					Objects.requireNonNullElse(this.increment, this.initialDelay), this.maxDelay, this.jitter);
			case EXPONENTIAL -> Backoff.exponential(this.initialDelay, this.multiplier, this.maxDelay, this.jitter);
			case POLYNOMIAL -> Backoff.polynomial(this.initialDelay, this.exponent, this.maxDelay, this.jitter);
		};
	}

}
