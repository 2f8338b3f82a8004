package io.tasuki.worker;

import io.tasuki.Backoff;
import io.tasuki.RetryRules;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the jobs of one handler when an attempt has failed.
 *
 * @param maxAttempts attempts before a job is dead that brings no limit of its own;
 * {@code null} for the worker's
 * @param backoff wait after a failed attempt; {@code null} for the queue's, else the
 * worker's
 * @param rules tells from an exception whether to try again; {@code null} to try again
 * after every one
 */
public record HandlerRetries(@Nullable Integer maxAttempts, @Nullable Backoff backoff, @Nullable RetryRules rules) {

	/** As configured for the worker. */
	public static final HandlerRetries DEFAULT = new HandlerRetries(null, null, null);

	public HandlerRetries {
		if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > Short.MAX_VALUE)) {
			throw new IllegalArgumentException(
					"Max attempts must be from 1 to %d, not %d".formatted(Short.MAX_VALUE, maxAttempts));
		}
	}

	/**
	 * Returns this with another limit of attempts.
	 */
	public HandlerRetries withMaxAttempts(@Nullable Integer maxAttempts) {
		return new HandlerRetries(maxAttempts, this.backoff, this.rules);
	}

	/**
	 * Returns this with another wait after failed attempts.
	 */
	public HandlerRetries withBackoff(@Nullable Backoff backoff) {
		return new HandlerRetries(this.maxAttempts, backoff, this.rules);
	}

	/**
	 * Returns this with other rules of what not to try again.
	 */
	public HandlerRetries withRules(@Nullable RetryRules rules) {
		return new HandlerRetries(this.maxAttempts, this.backoff, rules);
	}

}
