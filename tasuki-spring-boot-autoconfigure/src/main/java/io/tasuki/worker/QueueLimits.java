package io.tasuki.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.tasuki.store.QueueLimit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heeds how queues are set at run time: a paused queue has no slots, and what waits of it
 * goes back. For the poller's thread.
 */
final class QueueLimits {

	private static final Logger logger = LoggerFactory.getLogger(QueueLimits.class);

	private final Lines lines;

	private final Slots slots;

	private final Consumer<HeldJob> handBack;

	private final Map<String, QueueLimit> heeded = new HashMap<>();

	/** Limits of queues that were configured to have none. */
	private final Map<String, SlotLimit> added = new HashMap<>();

	/**
	 * Creates limits.
	 * @param handBack gives back a job that waits
	 */
	QueueLimits(Lines lines, Slots slots, Consumer<HeldJob> handBack) {
		this.lines = lines;
		this.slots = slots;
		this.handBack = handBack;
	}

	/**
	 * Heeds how a queue is set now.
	 */
	void heed(String queue, QueueLimit limit) {
		QueueLimit before = this.heeded.getOrDefault(queue, QueueLimit.NONE);
		if (!limit.equals(before)) {
			heedChange(queue, limit);
		}
		if (limit.paused()) {
			// Each time: what an executor refused comes to wait later.
			this.slots.clear(linesOf(queue)).forEach(this.handBack);
		}
	}

	private void heedChange(String queue, QueueLimit limit) {
		if (limit.equals(QueueLimit.NONE)) {
			this.heeded.remove(queue);
		}
		else {
			this.heeded.put(queue, limit);
		}
		Set<Line> lines = linesOf(queue);
		Integer most = (limit.paused()) ? Integer.valueOf(0) : limit.concurrency();
		this.slots.changeLimits(lines, () -> change(queue, lines, most));
		if (!limit.paused()) {
			lookAgain(queue);
		}
		logger.info("Queue '{}' is {}", queue, describe(limit));
	}

	/**
	 * Returns whether none of a queue's jobs may start.
	 */
	boolean paused(String queue) {
		return this.heeded.getOrDefault(queue, QueueLimit.NONE).paused();
	}

	private Set<Line> linesOf(String queue) {
		Set<Line> lines = new HashSet<>();
		this.lines.ofQueue(queue).forEach((cursor) -> lines.add(cursor.line()));
		return lines;
	}

	private void change(String queue, Set<Line> lines, @Nullable Integer most) {
		SlotLimit configured = this.lines.limitOf(queue);
		if (configured != null) {
			configured.change(most);
			return;
		}
		SlotLimit added = this.added.get(queue);
		if (added == null && most != null) {
			SlotLimit limit = new SlotLimit(most);
			lines.forEach((line) -> line.limit(limit));
			this.added.put(queue, limit);
		}
		else if (added != null && most != null) {
			added.change(most);
		}
		else if (added != null) {
			lines.forEach((line) -> line.lift(added));
			this.added.remove(queue);
		}
	}

	private void lookAgain(String queue) {
		this.lines.ofQueue(queue).forEach((cursor) -> {
			cursor.startSweep();
			cursor.heat();
		});
	}

	private static String describe(QueueLimit limit) {
		if (limit.paused()) {
			return "paused";
		}
		return (limit.concurrency() != null) ? "limited to %d slots".formatted(limit.concurrency())
				: "neither paused nor limited by its settings any more";
	}

	/**
	 * Gives back those jobs whose queues were paused while they were being claimed.
	 * @return the others
	 */
	List<HeldJob> admitted(List<HeldJob> claimed) {
		if (this.heeded.isEmpty()) {
			return claimed;
		}
		List<HeldJob> admitted = new ArrayList<>();
		for (HeldJob job : claimed) {
			if (job.line().paused()) {
				this.handBack.accept(job);
			}
			else {
				admitted.add(job);
			}
		}
		return admitted;
	}

}
