package io.tasuki.client;

import java.util.List;

import io.tasuki.EnqueuedJob;

/**
 * Stands around every call that enqueues jobs, on the caller's thread and inside its
 * transaction. Called by many threads at once. Interceptors stand around each other in
 * their order; inside the innermost the jobs are made and stored.
 */
@FunctionalInterface
public interface EnqueueInterceptor {

	/**
	 * Enqueues, by calling {@link EnqueueCall#proceed()} once.
	 * @param call what is enqueued
	 * @return what that returned; its exceptions are for the caller
	 */
	List<EnqueuedJob> intercept(EnqueueCall call);

}
