package io.tasuki.worker;

import io.tasuki.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * How the jobs of one handler are let to run, beyond their number at once.
 *
 * @param rateLimit most jobs that start in a stretch of time, in this process;
 * {@code null} for no limit
 * @param executor name of the executor that runs them; {@code null} for the queue's, else
 * the worker's own
 * @param batch how it takes several jobs at once; {@code null} if it takes them one by
 * one
 */
public record HandlerExecution(@Nullable RateLimit rateLimit, @Nullable String executor, @Nullable HandlerBatch batch) {

	/** As any job with a free slot. */
	public static final HandlerExecution DEFAULT = new HandlerExecution(null, null, null);

	/**
	 * Returns this with another rate limit.
	 */
	public HandlerExecution withRateLimit(@Nullable RateLimit rateLimit) {
		return new HandlerExecution(rateLimit, this.executor, this.batch);
	}

	/**
	 * Returns this with the name of another executor.
	 */
	public HandlerExecution withExecutor(@Nullable String executor) {
		return new HandlerExecution(this.rateLimit, executor, this.batch);
	}

	/**
	 * Returns this with another way to take several jobs at once.
	 */
	public HandlerExecution withBatch(@Nullable HandlerBatch batch) {
		return new HandlerExecution(this.rateLimit, this.executor, batch);
	}

}
