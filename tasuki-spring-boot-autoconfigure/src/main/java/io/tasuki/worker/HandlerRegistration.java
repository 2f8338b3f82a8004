package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.tasuki.Backoff;
import io.tasuki.BatchHandler;
import io.tasuki.Handler;
import io.tasuki.JobInterceptor;
import io.tasuki.Names;
import io.tasuki.PayloadUpcaster;
import io.tasuki.RateLimit;
import io.tasuki.RetentionMode;
import io.tasuki.RetryRules;
import org.jspecify.annotations.Nullable;

/**
 * A handler and how its jobs are run.
 *
 * @param kind kind of the jobs it runs
 * @param aliases former names of that kind, whose waiting jobs it runs as well
 * @param handler the code
 * @param queue queue in which its jobs wait unless their request says otherwise;
 * {@code null} for the default queue
 * @param concurrency most jobs of this handler that run at once in this process;
 * {@code null} for no limit of its own
 * @param maxAttempts attempts before a job is dead that brings no limit of its own;
 * {@code null} for the worker's
 * @param backoff wait after a failed attempt; {@code null} for the worker's
 * @param retryRules tells from an exception whether to try again; {@code null} to try
 * again after every one
 * @param timeout time after which an attempt ends as failed; {@code null} for the
 * worker's
 * @param transactions the transactions in which its jobs are completed; {@code null} if
 * they are completed after the handler has returned
 * @param execution how its jobs are let to run
 * @param retention what is kept of its jobs once they have ended; {@code null} for what
 * is kept of others of their queue
 * @param description names the handler in messages, for example a bean and a method
 */
public record HandlerRegistration(String kind, Set<String> aliases, Handler handler, @Nullable String queue,
		@Nullable Integer concurrency, @Nullable Integer maxAttempts, @Nullable Backoff backoff,
		@Nullable RetryRules retryRules, @Nullable Duration timeout, @Nullable HandlerTransactions transactions,
		HandlerExecution execution, @Nullable RetentionMode retention, String description) {

	public HandlerRegistration {
		Objects.requireNonNull(handler, "'handler' must not be null");
		Names.checkKind(Objects.requireNonNull(kind, "'kind' must not be null"));
		aliases = Set.copyOf(aliases);
		aliases.forEach(Names::checkKind);
		Names.checkQueue(queue);
		if (concurrency != null && concurrency < 1) {
			throw new IllegalArgumentException(
					"Concurrency of %s must be at least 1, not %d".formatted(description, concurrency));
		}
		if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > Short.MAX_VALUE)) {
			throw new IllegalArgumentException("Max attempts of %s must be from 1 to %d, not %d".formatted(description,
					Short.MAX_VALUE, maxAttempts));
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException(
					"Timeout of %s must be positive, not %s".formatted(description, timeout));
		}
	}

	/**
	 * Returns a registration with all defaults, described by its kind.
	 * @param kind kind of the jobs it runs
	 * @param handler the code
	 */
	public static HandlerRegistration of(String kind, Handler handler) {
		return new HandlerRegistration(kind, Set.of(), handler, null, null, null, null, null, null, null,
				HandlerExecution.DEFAULT, null, "the handler of '%s'".formatted(kind));
	}

	/**
	 * Returns a registration of a handler that takes several jobs at once, with all other
	 * defaults.
	 * @param kind kind of the jobs it runs
	 * @param size most jobs of one call, from 2 to {@value HandlerBatch#MAX_SIZE}
	 * @param handler the code
	 */
	public static HandlerRegistration ofBatch(String kind, int size, BatchHandler<?> handler) {
		HandlerBatch batch = new HandlerBatch(size, handler);
		return of(kind, batch.single()).withExecution(HandlerExecution.DEFAULT.withBatch(batch));
	}

	/**
	 * Returns this registration with other former names of its kind.
	 */
	public HandlerRegistration withAliases(Set<String> aliases) {
		return new HandlerRegistration(this.kind, aliases, this.handler, this.queue, this.concurrency, this.maxAttempts,
				this.backoff, this.retryRules, this.timeout, this.transactions, this.execution, this.retention,
				this.description);
	}

	/**
	 * Returns this registration with another queue.
	 */
	public HandlerRegistration withQueue(@Nullable String queue) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, queue, this.concurrency, this.maxAttempts,
				this.backoff, this.retryRules, this.timeout, this.transactions, this.execution, this.retention,
				this.description);
	}

	/**
	 * Returns this registration with another limit of jobs that run at once.
	 */
	public HandlerRegistration withConcurrency(@Nullable Integer concurrency) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, concurrency, this.maxAttempts,
				this.backoff, this.retryRules, this.timeout, this.transactions, this.execution, this.retention,
				this.description);
	}

	/**
	 * Returns this registration with another limit of attempts.
	 */
	public HandlerRegistration withMaxAttempts(@Nullable Integer maxAttempts) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency, maxAttempts,
				this.backoff, this.retryRules, this.timeout, this.transactions, this.execution, this.retention,
				this.description);
	}

	/**
	 * Returns this registration with another wait after failed attempts.
	 */
	public HandlerRegistration withBackoff(@Nullable Backoff backoff) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, backoff, this.retryRules, this.timeout, this.transactions, this.execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with other rules of what not to try again.
	 */
	public HandlerRegistration withRetryRules(@Nullable RetryRules retryRules) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, retryRules, this.timeout, this.transactions, this.execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with another limit of an attempt's time.
	 */
	public HandlerRegistration withTimeout(@Nullable Duration timeout) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, timeout, this.transactions, this.execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with transactions in which its jobs are completed.
	 */
	public HandlerRegistration withTransactions(@Nullable HandlerTransactions transactions) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, transactions, this.execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with a handler that reads payloads of one version, into
	 * which these upcasters bring older ones. Newer ones it leaves to other instances.
	 * @param version version of the payloads it reads, at least 1
	 * @param upcasters those of its kind
	 * @throws IllegalArgumentException if two start from the same version, or one from a
	 * version that is not older
	 */
	public HandlerRegistration withUpcasters(int version, List<PayloadUpcaster> upcasters) {
		UpcastingHandler upcasting = UpcastingHandler.of(this.handler, version, upcasters);
		HandlerBatch batch = this.execution.batch();
		HandlerExecution execution = (batch != null) ? this.execution.withBatch(batch.seeing(upcasting::upcast))
				: this.execution;
		return new HandlerRegistration(this.kind, this.aliases, upcasting, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, this.transactions, execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with interceptors around its handler, and around those
	 * that it has already: the first is the outermost. They stand around single jobs, so
	 * a batch has none.
	 */
	public HandlerRegistration withInterceptors(List<JobInterceptor> interceptors) {
		Handler intercepted = InterceptedHandler.of(this.handler, interceptors);
		return new HandlerRegistration(this.kind, this.aliases, intercepted, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, this.transactions, this.execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with another way to let its jobs run.
	 */
	public HandlerRegistration withExecution(HandlerExecution execution) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, this.transactions, execution,
				this.retention, this.description);
	}

	/**
	 * Returns this registration with another limit of jobs that start in a stretch of
	 * time.
	 */
	public HandlerRegistration withRateLimit(@Nullable RateLimit rateLimit) {
		return withExecution(this.execution.withRateLimit(rateLimit));
	}

	/**
	 * Returns this registration with another executor, by its name.
	 */
	public HandlerRegistration withExecutor(@Nullable String executor) {
		return withExecution(this.execution.withExecutor(executor));
	}

	/**
	 * Returns this registration with something else to be kept of its jobs.
	 */
	public HandlerRegistration withRetention(@Nullable RetentionMode retention) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, this.transactions, this.execution,
				retention, this.description);
	}

	/**
	 * Returns this registration under another name in messages.
	 */
	public HandlerRegistration describedAs(String description) {
		return new HandlerRegistration(this.kind, this.aliases, this.handler, this.queue, this.concurrency,
				this.maxAttempts, this.backoff, this.retryRules, this.timeout, this.transactions, this.execution,
				this.retention, description);
	}

}
