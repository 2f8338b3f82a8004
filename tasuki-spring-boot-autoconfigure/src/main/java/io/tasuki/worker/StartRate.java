package io.tasuki.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.tasuki.RateLimit;

/**
 * The starts that a rate limit leaves, which some lines share: a queue's or a handler's.
 * A claimed job has its start for sure, so nothing that is leased waits for the rate. It
 * remembers when each of the latest jobs started, since only that keeps the limit over
 * every stretch of time. Guarded by the lock of {@link Slots}.
 */
final class StartRate {

	/**
	 * Starts that come back within this time come back together, or a rate of thousands
	 * would make as many claims.
	 */
	static final Duration TOGETHER = Duration.ofMillis(10);

	private final long period;

	/** How many starts at least are worth a claim. */
	private final int worthwhile;

	private final LongSupplier nanoTime;

	/** When the latest jobs started, in a ring. */
	private final long[] starts;

	private int oldest;

	/** How many of them lie less than a period back. */
	private int recent;

	/** Jobs that are claimed and have not started. */
	private int claimed;

	StartRate(RateLimit limit) {
		this(limit, System::nanoTime);
	}

	StartRate(RateLimit limit, LongSupplier nanoTime) {
		this.period = limit.period().toNanos();
		this.worthwhile = (int) Math.max(1, limit.starts() * TOGETHER.toNanos() / this.period);
		this.nanoTime = nanoTime;
		this.starts = new long[limit.starts()];
	}

	/**
	 * Returns how many jobs may be claimed now; none while that are so few that more come
	 * back in a moment.
	 */
	int room() {
		forget(this.nanoTime.getAsLong());
		int room = this.starts.length - this.recent - this.claimed;
		return (room >= worthwhile()) ? Math.max(room, 0) : 0;
	}

	private int worthwhile() {
		return Math.max(1, Math.min(this.worthwhile, this.starts.length - this.claimed));
	}

	private void forget(long now) {
		while (this.recent > 0 && now - this.starts[this.oldest] >= this.period) {
			this.oldest = (this.oldest + 1) % this.starts.length;
			this.recent--;
		}
	}

	/**
	 * Returns nanoseconds until there is room; {@link Long#MAX_VALUE} as long as every
	 * start is one of a job that is claimed.
	 */
	long untilRoom() {
		if (room() > 0) {
			return 0;
		}
		int missing = worthwhile() - (this.starts.length - this.recent - this.claimed);
		if (missing > this.recent) {
			return Long.MAX_VALUE;
		}
		long last = this.starts[(this.oldest + missing - 1) % this.starts.length];
		return Math.max(0, this.period - (this.nanoTime.getAsLong() - last));
	}

	void claim() {
		this.claimed++;
	}

	/**
	 * Lets go of jobs that were claimed and will not start.
	 */
	void letGo(int jobs) {
		this.claimed -= jobs;
	}

	/**
	 * A job that started did not after all, and has its start for later. The oldest is
	 * forgotten in its place: to know too late a time keeps the limit.
	 */
	void unstart() {
		if (this.recent > 0) {
			this.oldest = (this.oldest + 1) % this.starts.length;
			this.recent--;
		}
		this.claimed++;
	}

	/**
	 * A claimed job starts.
	 */
	void start() {
		this.claimed--;
		long now = this.nanoTime.getAsLong();
		forget(now);
		if (this.recent < this.starts.length) {
			this.starts[(this.oldest + this.recent) % this.starts.length] = now;
			this.recent++;
		}
	}

}
