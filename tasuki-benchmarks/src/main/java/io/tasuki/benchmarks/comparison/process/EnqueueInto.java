package io.tasuki.benchmarks.comparison.process;

import io.tasuki.benchmarks.comparison.contestant.NamedQueues;

/**
 * Enqueues jobs of ten priorities in one transaction into a queue, and notes when they
 * were committed.
 *
 * @param queue name of the queue
 * @param first number of the first job
 * @param count how many, numbered consecutively
 */
public record EnqueueInto(String queue, int first, int count) implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		((NamedQueues) stage.contestant()).enqueueAll(this.queue, this.first, this.count);
		stage.commits().committed(this.first, this.count);
		return new Done();
	}

}
