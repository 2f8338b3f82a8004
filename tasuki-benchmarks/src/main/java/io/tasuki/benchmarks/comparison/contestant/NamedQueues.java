package io.tasuki.benchmarks.comparison.contestant;

/**
 * A {@link Contestant} that has several queues and priorities.
 */
public interface NamedQueues {

	/** Jobs have the priorities from 0, the most urgent, to one less than this. */
	int PRIORITIES = 10;

	/**
	 * Enqueues jobs in one transaction, committed when this returns. The last digit of a
	 * job's number is its priority.
	 * @param queue name of the queue
	 * @param first number of the first job
	 * @param count how many, numbered consecutively
	 */
	void enqueueAll(String queue, int first, int count);

}
