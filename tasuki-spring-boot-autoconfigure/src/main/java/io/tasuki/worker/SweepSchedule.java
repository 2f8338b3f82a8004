package io.tasuki.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to look from the front of every line again, for what the cursors hide: late
 * commits, leases that ran out, jobs that no wake-up announced. At most a twentieth of
 * the time goes into it. While no wake-ups arrive, a sweep that found something is
 * followed by quicker ones. For the poller's thread.
 */
final class SweepSchedule {

	private static final int TIMES_COST = 20;

	private static final int QUICKER = 8;

	private final long interval;

	private long next;

	private long cost;

	private long earliest;

	private long wait;

	SweepSchedule(Duration interval) {
		this.interval = interval.toNanos();
		this.wait = this.interval;
		this.next = System.nanoTime();
		this.earliest = this.next;
	}

	boolean due(long now) {
		return now - this.next >= 0;
	}

	long untilNext(long now) {
		return this.next - now;
	}

	/**
	 * Returns how long the database needed for the latest sweep.
	 */
	Duration cost() {
		return Duration.ofNanos(this.cost);
	}

	/**
	 * Asks for a sweep as soon as the cost of the last one allows.
	 */
	void hurry(long now) {
		this.next = Math.min(this.next, Math.max(now, this.earliest));
	}

	/**
	 * A sweep begins.
	 * @param listening whether wake-ups of other instances arrive
	 */
	void begin(long now, boolean listening) {
		this.wait = listening ? this.interval : Math.min(this.interval, 2 * this.wait);
		this.cost = 0;
		// Jitter keeps instances that were started together from asking together for
		// ever.
		this.next = now + ThreadLocalRandom.current().nextLong(this.wait, this.wait + this.wait / 4 + 1);
	}

	/**
	 * A step of the sweep is over.
	 * @param took nanoseconds the database needed
	 * @param found whether it brought jobs
	 * @param listening whether wake-ups of other instances arrive
	 */
	void step(long now, long took, boolean found, boolean listening) {
		this.cost += took;
		if (found && !listening) {
			this.wait = Math.max(1, this.interval / QUICKER);
			this.next = Math.min(this.next, now + this.wait);
		}
		this.earliest = now + TIMES_COST * this.cost;
		if (this.next - this.earliest < 0) {
			this.next = this.earliest;
		}
	}

}
