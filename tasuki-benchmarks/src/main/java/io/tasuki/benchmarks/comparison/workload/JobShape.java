package io.tasuki.benchmarks.comparison.workload;

import java.util.List;

import io.tasuki.benchmarks.comparison.contestant.Filler;

import org.springframework.util.Assert;

/**
 * What due jobs look like that {@link JobRows} makes. Queues and priorities take turns.
 *
 * @param queues names of the queues
 * @param priorities the priorities
 * @param payloadBytes about how large each payload is
 */
record JobShape(List<String> queues, List<Integer> priorities, int payloadBytes) {

	/** As they come if nobody says anything. */
	static final JobShape USUAL = new JobShape(List.of("default"), List.of(5), Filler.USUAL_PAYLOAD);

	JobShape {
		Assert.notEmpty(queues, "Jobs need a queue");
		Assert.notEmpty(priorities, "Jobs need a priority");
		queues = List.copyOf(queues);
		priorities = List.copyOf(priorities);
	}

	JobShape withQueues(List<String> queues) {
		return new JobShape(queues, this.priorities, this.payloadBytes);
	}

	JobShape withPriorities(List<Integer> priorities) {
		return new JobShape(this.queues, priorities, this.payloadBytes);
	}

	JobShape withPayloadBytes(int payloadBytes) {
		return new JobShape(this.queues, this.priorities, payloadBytes);
	}

}
