package io.tasuki.worker;

import java.util.List;
import java.util.Objects;

import io.tasuki.BatchHandler;
import io.tasuki.BatchInterceptor;
import io.tasuki.Handler;
import io.tasuki.JobInterceptor;
import io.tasuki.PayloadUpcaster;
import org.jspecify.annotations.Nullable;

/**
 * A handler and how its jobs are run.
 *
 * @param jobs the jobs it runs
 * @param handler the code
 * @param batch the code that takes several jobs at once, which then runs all of them;
 * {@code null} if they are taken one by one
 * @param execution how they are let to run
 * @param retries what becomes of them when an attempt has failed
 * @param completion how it is recorded what they came to
 * @param description names the handler in messages, for example a bean and a method
 */
public record HandlerRegistration(HandledJobs jobs, Handler handler, @Nullable HandlerBatch batch,
		HandlerExecution execution, HandlerRetries retries, HandlerCompletion completion, String description) {

	public HandlerRegistration {
		Objects.requireNonNull(handler, "'handler' must not be null");
	}

	/**
	 * Returns a registration with all defaults, described by its kind.
	 * @param kind kind of the jobs it runs
	 * @param handler the code
	 */
	public static HandlerRegistration of(String kind, Handler handler) {
		return of(HandledJobs.of(kind), handler);
	}

	/**
	 * Returns a registration with all other defaults, described by its kind.
	 * @param jobs the jobs it runs
	 * @param handler the code
	 */
	public static HandlerRegistration of(HandledJobs jobs, Handler handler) {
		return of(jobs, handler, null);
	}

	/**
	 * Returns a registration of a handler that takes several jobs at once, with all other
	 * defaults.
	 * @param kind kind of the jobs it runs
	 * @param size most jobs of one call, from 2 to {@value HandlerBatch#MAX_SIZE}
	 * @param handler the code
	 */
	public static HandlerRegistration ofBatch(String kind, int size, BatchHandler<?> handler) {
		return ofBatch(HandledJobs.of(kind), size, handler);
	}

	/**
	 * Returns a registration of a handler that takes several jobs at once, with all other
	 * defaults.
	 * @param jobs the jobs it runs
	 * @param size most jobs of one call, from 2 to {@value HandlerBatch#MAX_SIZE}
	 * @param handler the code
	 */
	public static HandlerRegistration ofBatch(HandledJobs jobs, int size, BatchHandler<?> handler) {
		HandlerBatch batch = new HandlerBatch(size, handler);
		return of(jobs, batch.single(), batch);
	}

	private static HandlerRegistration of(HandledJobs jobs, Handler handler, @Nullable HandlerBatch batch) {
		return new HandlerRegistration(jobs, handler, batch, HandlerExecution.DEFAULT, HandlerRetries.DEFAULT,
				HandlerCompletion.DEFAULT, "the handler of '%s'".formatted(jobs.kind()));
	}

	/**
	 * Returns the kind of the jobs it runs.
	 */
	public String kind() {
		return this.jobs.kind();
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
		return withCode(upcasting, (this.batch != null) ? this.batch.seeing(upcasting::upcast) : null);
	}

	/**
	 * Returns this registration with interceptors around its handler, and around those
	 * that it has already: the first is the outermost. They stand around single jobs; for
	 * batches there are {@link #withBatchInterceptors others}.
	 */
	public HandlerRegistration withInterceptors(List<JobInterceptor> interceptors) {
		return withCode(InterceptedHandler.of(this.handler, interceptors), this.batch);
	}

	/**
	 * Returns this registration with interceptors around its batches, and around those
	 * that it has already: the first is the outermost. Without batches, none.
	 */
	public HandlerRegistration withBatchInterceptors(List<BatchInterceptor> interceptors) {
		return (this.batch != null) ? withCode(this.handler, this.batch.intercepted(interceptors)) : this;
	}

	private HandlerRegistration withCode(Handler handler, @Nullable HandlerBatch batch) {
		return new HandlerRegistration(this.jobs, handler, batch, this.execution, this.retries, this.completion,
				this.description);
	}

	/**
	 * Returns this registration with another way to let its jobs run.
	 */
	public HandlerRegistration withExecution(HandlerExecution execution) {
		return new HandlerRegistration(this.jobs, this.handler, this.batch, execution, this.retries, this.completion,
				this.description);
	}

	/**
	 * Returns this registration with something else to become of its jobs when an attempt
	 * has failed.
	 */
	public HandlerRegistration withRetries(HandlerRetries retries) {
		return new HandlerRegistration(this.jobs, this.handler, this.batch, this.execution, retries, this.completion,
				this.description);
	}

	/**
	 * Returns this registration with another way to record what its jobs came to.
	 */
	public HandlerRegistration withCompletion(HandlerCompletion completion) {
		return new HandlerRegistration(this.jobs, this.handler, this.batch, this.execution, this.retries, completion,
				this.description);
	}

	/**
	 * Returns this registration under another name in messages.
	 */
	public HandlerRegistration describedAs(String description) {
		return new HandlerRegistration(this.jobs, this.handler, this.batch, this.execution, this.retries,
				this.completion, description);
	}

}
