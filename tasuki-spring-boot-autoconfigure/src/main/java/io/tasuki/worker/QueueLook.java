package io.tasuki.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.QueueTakers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows how full the worker's queues are, and any other queue that holds jobs. Whoever
 * wants to know asks here, so that meters and health together look no more often than one
 * of them would. Safe for use by many threads.
 */
public final class QueueLook {

	/** How old an answer may be. */
	static final Duration LONGEST_AGE = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(QueueLook.class);

	private final QueueInspection inspection;

	private final Supplier<Set<String>> queues;

	private final RecentAnswer<List<SeenQueue>> seen;

	/**
	 * Looks at nothing yet.
	 * @param inspection looks into queues
	 * @param worker names its queues
	 */
	public QueueLook(QueueInspection inspection, Worker worker) {
		this(inspection, worker::queues, System::nanoTime);
	}

	QueueLook(QueueInspection inspection, Supplier<Set<String>> queues, LongSupplier nanoTime) {
		this.inspection = inspection;
		this.queues = queues;
		this.seen = new RecentAnswer<>(this::look, LONGEST_AGE, nanoTime);
	}

	/**
	 * Returns what is found in each queue. Asks the database unless it did so a few
	 * seconds ago.
	 */
	public List<SeenQueue> find() {
		return this.seen.get();
	}

	/**
	 * Returns how full each queue is. Asks the database unless it did so a few seconds
	 * ago.
	 */
	public List<QueueDepth> depths() {
		return find().stream().map(SeenQueue::depth).toList();
	}

	private List<SeenQueue> look() {
		Set<String> ours = this.queues.get();
		Map<String, QueueTakers> takers = takers(ours);
		Set<String> all = new TreeSet<>(ours);
		all.addAll(takers.keySet());
		return this.inspection.depths(all)
			.stream()
			.map((depth) -> new SeenQueue(depth, takers.getOrDefault(depth.queue(), QueueTakers.none(depth.queue())),
					ours.contains(depth.queue())))
			.toList();
	}

	/** Depths are worth having without: a role may see the jobs and not the workers. */
	private Map<String, QueueTakers> takers(Set<String> ours) {
		Map<String, QueueTakers> takers = new HashMap<>();
		try {
			this.inspection.takers(ours).forEach((queue) -> takers.put(queue.queue(), queue));
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot find out who takes the jobs of {}", ours, ex);
		}
		return takers;
	}

}
