package io.tasuki;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * Stands around every call that this process makes of a handler that takes several jobs
 * at once, as a {@link JobInterceptor} stands around the attempts of all others. Called
 * by many threads at once. Interceptors stand around each other in their order; inside
 * the innermost is the handler.
 *
 * <p>
 * What an interceptor does counts as done by the handler: it runs on the handler's
 * thread, inside the transaction of a handler that completes its jobs in its own, and
 * within the attempts' timeout; what it returns or throws is how the attempts ended.
 * Before it the payloads are read and what the handler takes of each job is put together:
 * a job with which that failed is no part of the batch.
 */
@FunctionalInterface
public interface BatchInterceptor {

	/**
	 * Makes one attempt of each job, usually by calling {@code next} once.
	 * @param batch the jobs, and what can be said about them; at least one, cannot be
	 * changed
	 * @param next the rest of the attempts: the next interceptor, or the handler; throws
	 * what that throws. Attempts that end without it are some whose handler was not
	 * called.
	 * @return how the attempts ended
	 * @throws Exception if all attempts failed, as if the handler had thrown it
	 */
	BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) throws Exception;

}
