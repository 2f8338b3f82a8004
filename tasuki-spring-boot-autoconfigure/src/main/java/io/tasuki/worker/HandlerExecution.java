package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs of one handler are let to run.
 *
 * @param concurrency most of them that run at once in this process; {@code null} for no
 * limit of their own
 * @param rateLimit most of them that start in a stretch of time, in this process;
 * {@code null} for no limit of their own
 * @param timeout time after which an attempt ends as failed; {@code null} for the
 * worker's
 * @param executor name of the executor that runs them; {@code null} for the queue's, else
 * the worker's own
 */
public record HandlerExecution(@Nullable Integer concurrency, @Nullable RateLimit rateLimit, @Nullable Duration timeout,
		@Nullable String executor) {

	/** As any job with a free slot. */
	public static final HandlerExecution DEFAULT = new HandlerExecution(null, null, null, null);

	public HandlerExecution {
		if (concurrency != null && concurrency < 1) {
			throw new IllegalArgumentException("Concurrency must be at least 1, not " + concurrency);
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException("Timeout must be positive, not " + timeout);
		}
	}

	/**
	 * Returns this with another limit of jobs that run at once.
	 */
	public HandlerExecution withConcurrency(@Nullable Integer concurrency) {
		return new HandlerExecution(concurrency, this.rateLimit, this.timeout, this.executor);
	}

	/**
	 * Returns this with another limit of jobs that start in a stretch of time.
	 */
	public HandlerExecution withRateLimit(@Nullable RateLimit rateLimit) {
		return new HandlerExecution(this.concurrency, rateLimit, this.timeout, this.executor);
	}

	/**
	 * Returns this with another limit of an attempt's time.
	 */
	public HandlerExecution withTimeout(@Nullable Duration timeout) {
		return new HandlerExecution(this.concurrency, this.rateLimit, timeout, this.executor);
	}

	/**
	 * Returns this with another executor, by its name.
	 */
	public HandlerExecution withExecutor(@Nullable String executor) {
		return new HandlerExecution(this.concurrency, this.rateLimit, this.timeout, executor);
	}

}
