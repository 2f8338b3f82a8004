package io.tasuki.postgres;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Cancels statements that take too long, up to a second after their time. One thread
 * looks after them while there are any, and for some seconds more.
 */
final class StatementTimeouts {

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private static final int QUIET_LOOKS = 10;

	private final long timeoutNanos;

	private final long periodNanos;

	private final ThreadFactory threads;

	private final Set<TimedCall> calls = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean watched = new AtomicBoolean();

	StatementTimeouts(Duration timeout) {
		this(timeout, PERIOD, StatementTimeouts::newThread);
	}

	StatementTimeouts(Duration timeout, Duration period, ThreadFactory threads) {
		this.timeoutNanos = timeout.toNanos();
		this.periodNanos = period.toNanos();
		this.threads = threads;
	}

	static Thread newThread(Runnable command) {
		Thread thread = new Thread(command, "tasuki-statement-timeouts");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Begins to look after the statements of a call, until that is closed.
	 */
	TimedCall begin() {
		TimedCall call = new TimedCall(this.timeoutNanos, this.calls::remove);
		this.calls.add(call);
		ensureWatched();
		return call;
	}

	private void ensureWatched() {
		if (!this.watched.get() && this.watched.compareAndSet(false, true)) {
			try {
				this.threads.newThread(this::watch).start();
			}
			catch (OutOfMemoryError ex) {
				// There is no room for a thread just now. The next call tries again; this
				// one
				// had better run without a limit than not at all.
				this.watched.set(false);
			}
		}
	}

	private void watch() {
		int quiet = 0;
		while (quiet < QUIET_LOOKS && !Thread.interrupted()) {
			LockSupport.parkNanos(this.periodNanos);
			quiet = this.calls.isEmpty() ? quiet + 1 : 0;
			this.calls.forEach((call) -> call.cancelOverdue(System.nanoTime()));
		}
		this.watched.set(false);
		// For one that began in between, and relied on this thread.
		if (!this.calls.isEmpty()) {
			ensureWatched();
		}
	}

}
