package io.tasuki.postgres;

import java.time.Duration;

/**
 * How soon the next notification may go. Each wakes every listening instance, so there
 * are a hundred a second at most in the long run; but those that come no faster than that
 * go at once, and so do some that come together after a quiet moment. After a storm, what
 * comes half as fast goes at once again within a fifth of a second. For one thread; times
 * are {@link System#nanoTime()}.
 */
final class NotificationPace {

	private static final long INTERVAL = Duration.ofMillis(10).toNanos();

	private static final int TOGETHER = 8;

	private boolean begun;

	/** When all that went would have gone, one per interval. */
	private long settled;

	/**
	 * Notes that one goes.
	 */
	void sent(long now) {
		this.settled = (this.begun && this.settled - now > 0) ? this.settled + INTERVAL : now + INTERVAL;
		this.begun = true;
	}

	/**
	 * Returns how long to wait, from now; zero or less for not at all.
	 */
	long untilNext(long now) {
		return (this.begun) ? this.settled - (TOGETHER - 1) * INTERVAL - now : 0;
	}

}
