package io.tasuki;

import java.util.List;

/**
 * Steers queues while everything runs. What is set here holds in every instance that
 * shares the database, from the next moment on, and outlives restarts.
 *
 * <p>
 * Takes part in the caller's transaction as {@link JobClient} does: workers hear of it
 * after the commit, and by their next poll if that word is lost.
 *
 * <p>
 * Safe for use by many threads.
 */
public interface QueueOperations {

	/**
	 * Keeps workers from starting jobs of a queue. What runs, runs on; what a worker has
	 * claimed and not started goes back, uncharged. Enqueueing goes on. Does nothing if
	 * the queue is paused.
	 * @param queue any queue, also one that no job is in yet
	 * @throws IllegalArgumentException if a queue cannot have this name
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	void pause(String queue);

	/**
	 * Lets workers start jobs of a queue again. Does nothing if it is not paused.
	 * @param queue any queue
	 * @throws IllegalArgumentException if a queue cannot have this name
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	void resume(String queue);

	/**
	 * Sets how many jobs of a queue each instance runs at once, instead of what is
	 * configured there. Jobs that run beyond a lower limit run on. An instance's own
	 * limit over all queues holds as well.
	 * @param queue any queue
	 * @param concurrency from 1 to 10,000
	 * @throws IllegalArgumentException if a queue cannot have this name, or the number is
	 * out of range
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	void setConcurrency(String queue, int concurrency);

	/**
	 * Leaves it to each instance's configuration again how many jobs of a queue run at
	 * once.
	 * @param queue any queue
	 * @throws IllegalArgumentException if a queue cannot have this name
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	void clearConcurrency(String queue);

	/**
	 * Lists the queues that hold jobs or were ever set, by name: at most 1,000 of those
	 * that hold jobs.
	 */
	List<QueueSettings> list();

}
