package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.tasuki.LiveWorker.Limit;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of this worker, every third of a lease and when it begins to drain, that it lives
 * and what it does. For the poller's thread.
 */
final class Announcer {

	/** Most jobs that are named. */
	static final int MOST_NAMED = 100;

	/** An idle worker is to ask its database next to nothing, however short its lease. */
	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

	private static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

	private final WorkerSettings settings;

	private final HandlerRegistry handlers;

	private final LeaseStore leases;

	private final Lines lines;

	private final Slots slots;

	private final HeldJobs held;

	private final DatabaseClock clock;

	private final long interval;

	private final long startedAt = System.nanoTime();

	private long announceAt = System.nanoTime();

	private boolean saidThatItDrains;

	/** Whether what was said last was heard, and nothing has failed since. */
	private boolean heard;

	Announcer(WorkerSettings settings, HandlerRegistry handlers, LeaseStore leases, Lines lines, Slots slots,
			HeldJobs held, DatabaseClock clock) {
		this.settings = settings;
		this.handlers = handlers;
		this.leases = leases;
		this.lines = lines;
		this.slots = slots;
		this.held = held;
		this.clock = clock;
		Duration third = settings.leaseDuration().dividedBy(3);
		this.interval = ((third.compareTo(SHORTEST_INTERVAL) < 0) ? SHORTEST_INTERVAL : third).toNanos();
	}

	/**
	 * Announces that the worker takes jobs, if it is time to. One without handlers has
	 * nothing to say.
	 * @return nanoseconds until it is time again
	 */
	long announce() {
		if (this.lines.all().isEmpty()) {
			return Long.MAX_VALUE;
		}
		if (System.nanoTime() - this.announceAt >= 0) {
			announce(false);
		}
		return this.announceAt - System.nanoTime();
	}

	/**
	 * Announces that the worker drains, at once and then from time to time. To somebody
	 * who does not answer nothing is said: the end of the worker must not wait for that.
	 */
	void announceDrain() {
		boolean due = !this.saidThatItDrains || System.nanoTime() - this.announceAt >= 0;
		if (this.heard && due) {
			this.saidThatItDrains = true;
			announce(true);
		}
	}

	private void announce(boolean draining) {
		WorkerReport report = report(draining);
		long askedAt = System.nanoTime();
		this.leases.announce(report).ifPresent((now) -> this.clock.heard(now, askedAt));
		this.announceAt = System.nanoTime() + this.interval;
		this.heard = true;
	}

	/**
	 * Something failed, here or elsewhere on the same connection.
	 */
	void failed() {
		this.heard = false;
		this.announceAt = System.nanoTime() + AGAIN_AFTER_FAILURE.toNanos();
	}

	/**
	 * Takes back what was announced, where that does not take long. Throws nothing.
	 */
	void withdraw() {
		if (this.heard) {
			try {
				this.leases.withdraw();
			}
			catch (RuntimeException ex) {
				logger.debug("The worker is listed until its lease is over", ex);
			}
		}
	}

	private WorkerReport report(boolean draining) {
		Duration uptime = Duration.ofNanos(System.nanoTime() - this.startedAt);
		List<WorkerReport.Held> longestHeld = longestHeld();
		return this.slots
			.look(() -> new WorkerReport(uptime, this.settings.leaseDuration(), draining, this.settings.concurrency(),
					running((line) -> true), this.lines.queues(), this.handlers.kinds(), limits(), longestHeld));
	}

	private int running(Predicate<Line> which) {
		return this.lines.all().stream().map(LineCursor::line).filter(which).mapToInt(Line::running).sum();
	}

	private List<Limit> limits() {
		List<Limit> limits = new ArrayList<>();
		this.settings.queueConcurrency().forEach((queue, most) -> {
			// One that is as large as the worker's own is there to have the queue polled.
			if (most < this.settings.concurrency()) {
				limits.add(new Limit(queue, Set.of(), most, running((line) -> line.queue().equals(queue)), 1));
			}
		});
		for (HandlerRegistration handler : this.handlers.all()) {
			HandlerBatch batch = handler.batch();
			Integer most = handler.execution().concurrency();
			if (most != null || batch != null) {
				limits.add(new Limit(null, Set.copyOf(handler.jobs().kinds()),
						(most != null) ? most : this.settings.concurrency(),
						running((line) -> line.kinds().contains(handler.kind())), (batch != null) ? batch.size() : 1));
			}
		}
		return limits;
	}

	private List<WorkerReport.Held> longestHeld() {
		long now = System.nanoTime();
		return this.held.all()
			.stream()
			.map((job) -> new WorkerReport.Held(job.job().id(), Duration.ofNanos(now - job.claimedAt())))
			.sorted(Comparator.comparing(WorkerReport.Held::heldFor).reversed())
			.limit(MOST_NAMED)
			.toList();
	}

}
