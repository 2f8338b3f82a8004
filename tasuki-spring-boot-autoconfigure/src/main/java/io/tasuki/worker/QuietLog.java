package io.tasuki.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets a line into the log at most once a minute, where the same may be said of every
 * job. Safe for use by many threads.
 */
final class QuietLog {

	static final Duration INTERVAL = Duration.ofMinutes(1);

	private final LongSupplier nanoTime;

	private final AtomicLong next;

	QuietLog() {
		this(System::nanoTime);
	}

	QuietLog(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.next = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * Returns whether to write the line.
	 */
	boolean mayWrite() {
		long now = this.nanoTime.getAsLong();
		long next = this.next.get();
		return now - next >= 0 && this.next.compareAndSet(next, now + INTERVAL.toNanos());
	}

}
