package io.tasuki.actuate;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueTakers;
import io.tasuki.worker.SeenQueue;

/**
 * Due jobs do not wait for long, in any queue that holds jobs.
 *
 * @param dueAge age of the oldest due job from which on a queue is late
 * @param ofQueues the same for single queues, by name
 */
record LateQueuesCheck(Duration dueAge, Map<String, Duration> ofQueues) implements Check {

	private static final Pattern PLAIN_NAME = Pattern.compile("[\\w.~-]+");

	@Override
	public String name() {
		return "lateQueues";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		DatabaseLook database = situation.database();
		if (database == null) {
			return List.of();
		}
		return database.queues()
			.stream()
			.filter(this::isLate)
			.sorted(Comparator.comparing(LateQueuesCheck::age).reversed())
			.map((queue) -> new Problem(text(queue), remedy(queue, situation)))
			.toList();
	}

	private boolean isLate(SeenQueue queue) {
		return queue.depth().oldestDue() != null && age(queue).compareTo(threshold(queue.name())) >= 0;
	}

	private static Duration age(SeenQueue queue) {
		Duration age = queue.depth().oldestDue();
		return (age != null) ? age : Duration.ZERO;
	}

	private Duration threshold(String queue) {
		return this.ofQueues.getOrDefault(queue, this.dueAge);
	}

	private String text(SeenQueue queue) {
		String name = queue.name();
		String property = (this.ofQueues.containsKey(name)) ? "tasuki.health.queue-due-age." + name
				: "tasuki.health.due-age";
		return "The oldest due job of queue '%s' has waited for %s, longer than %s (%s); %s".formatted(name,
				Ages.text(age(queue)), Ages.text(threshold(name)), property, due(queue.depth()));
	}

	private static String due(QueueDepth depth) {
		String jobs = (depth.due() == 1) ? "1 job is due" : "%d jobs are due".formatted(depth.due());
		return (depth.complete()) ? jobs : "at least " + jobs;
	}

	private static String remedy(SeenQueue queue, Situation situation) {
		String name = queue.name();
		QueueTakers takers = queue.takers();
		if (takers.pausedFor() != null) {
			return "The queue has been paused for %s. Resume it: %s".formatted(Ages.text(takers.pausedFor()),
					resume(name));
		}
		boolean taken = takers.workers() > 0 || (queue.ours() && situation.worker().running() && !situation.draining());
		return (taken) ? slow(name, takers.workers()) : unserved(name);
	}

	private static String resume(String queue) {
		String call = "QueueOperations.resume(\"%s\")".formatted(queue);
		// Any other name would have to be encoded.
		return (PLAIN_NAME.matcher(queue).matches())
				? call + ", or POST /actuator/tasuki/queues/%s/resume".formatted(queue) : call;
	}

	private static String slow(String queue, int workers) {
		String who = switch (workers) {
			case 0 -> "This worker looks";
			case 1 -> "1 live worker looks";
			default -> workers + " live workers look";
		};
		return ("%s into this queue. JobOperations.explain, or GET /actuator/tasuki/jobs/{id}, says of one of its jobs"
				+ " why it does not run: no free slot (tasuki.worker.concurrency), a limit (tasuki.queues.%s), no"
				+ " handler for its kind, or handlers that became slow")
			.formatted(who, queue);
	}

	private static String unserved(String queue) {
		return ("No live worker looks into this queue. Start one whose handlers name it, or that has a property under"
				+ " tasuki.queues.%s. If its name is a mistake, cancel its jobs: JobOperations.cancelAll, or POST"
				+ " /actuator/tasuki/jobs/{id}/cancel for each")
			.formatted(queue);
	}

}
