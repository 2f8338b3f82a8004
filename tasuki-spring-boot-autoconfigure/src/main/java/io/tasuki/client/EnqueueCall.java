package io.tasuki.client;

import java.util.List;
import java.util.Set;

import io.tasuki.EnqueuedJob;

/**
 * One call that enqueues a job or several, as {@linkplain EnqueueInterceptor
 * interceptors} see it. For one thread.
 */
public interface EnqueueCall {

	/**
	 * Returns how many jobs are to be enqueued, at least one.
	 */
	int size();

	/**
	 * Has every job of this call carry something in its metadata, where it replaces an
	 * entry of this name. Left out of jobs whose own metadata leaves no room for it. Of
	 * no effect once the jobs have been made.
	 * @param name begins with {@code tasuki.}
	 * @param value what to carry
	 */
	void carry(String name, String value);

	/**
	 * Makes and stores the jobs, inside of the next interceptor if there is one.
	 */
	List<EnqueuedJob> proceed();

	/**
	 * Has something done once the jobs can be seen, after {@link #proceed()} has
	 * returned: after the commit of the transaction that it joined, never if that rolls
	 * back; at once where there is none.
	 * @param action must be quick; what it throws after a commit is logged
	 */
	void afterCommit(Runnable action);

	/**
	 * Returns the kind of one of the jobs that have been made.
	 * @param index place of the job in the answer
	 */
	String kind(int index);

	/**
	 * Returns the queue of one of the jobs that have been made.
	 * @param index place of the job in the answer
	 */
	String queue(int index);

	/**
	 * Returns the kinds of the jobs, as far as they have been made.
	 */
	Set<String> kinds();

	/**
	 * Returns the queues of the jobs, as far as they have been made.
	 */
	Set<String> queues();

}
