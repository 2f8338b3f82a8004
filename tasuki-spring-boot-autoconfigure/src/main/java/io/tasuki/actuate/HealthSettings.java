package io.tasuki.actuate;

import java.time.Duration;
import java.util.Map;

/**
 * What health takes for a problem.
 *
 * @param listens whether the worker is to hear of other instances' jobs at once
 * @param dueAge age of a queue's oldest due job from which on the queue is late
 * @param queueDueAge the same for single queues, by name
 * @param snapshotAge age from which on a snapshot that somebody holds is too old
 */
public record HealthSettings(boolean listens, Duration dueAge, Map<String, Duration> queueDueAge,
		Duration snapshotAge) {

	public HealthSettings {
		queueDueAge = Map.copyOf(queueDueAge);
	}

}
