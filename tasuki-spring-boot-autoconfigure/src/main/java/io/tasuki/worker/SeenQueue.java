package io.tasuki.worker;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueTakers;

/**
 * What a look into a queue has found.
 *
 * @param depth how full it is
 * @param takers who takes its jobs, as far as that is known
 * @param ours whether this worker looks for jobs there
 */
public record SeenQueue(QueueDepth depth, QueueTakers takers, boolean ours) {

	/**
	 * Returns the name of the queue.
	 */
	public String name() {
		return this.depth.queue();
	}

}
