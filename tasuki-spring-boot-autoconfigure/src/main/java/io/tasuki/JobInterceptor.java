package io.tasuki;

/**
 * Stands around every attempt that this process makes, of all kinds but those whose
 * handlers take several jobs at once: for them there is {@link BatchInterceptor}, and one
 * class may be both. Called by many threads at once. Interceptors stand around each other
 * in their order; inside the innermost is the handler.
 *
 * <p>
 * What an interceptor does counts as done by the handler: it runs on the handler's
 * thread, inside the transaction of a handler that completes its jobs in its own, and
 * within the attempt's timeout; what it returns or throws is how the attempt ended.
 */
@FunctionalInterface
public interface JobInterceptor {

	/**
	 * Makes an attempt, usually by calling {@code next} once.
	 * @param context the job, and what can be said about it
	 * @param next the rest of the attempt: the next interceptor, or the handler; throws
	 * what that throws. An attempt that ends without it is one whose handler was not
	 * called.
	 * @return how the attempt ended
	 * @throws Exception if the attempt failed, as if the handler had thrown it
	 */
	JobResult intercept(JobContext context, Handler next) throws Exception;

}
