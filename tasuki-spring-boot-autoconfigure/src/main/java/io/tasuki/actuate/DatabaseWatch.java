package io.tasuki.actuate;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Knows what the latest look at the database has shown. Has another thread look again if
 * that was a while ago, and waits for it no longer than a healthy database takes. Safe
 * for use by many threads.
 */
final class DatabaseWatch {

	/** Least time from one look to the next. */
	static final Duration INTERVAL = Duration.ofSeconds(10);

	/** Least time from a look that failed to the next. */
	private static final Duration SOON = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofMillis(500);

	/** What is older than this is told no more. */
	private static final Duration LONGEST_AGE = Duration.ofMinutes(1);

	private final Supplier<DatabaseLook> look;

	private final Duration interval;

	private final ThreadFactory threads;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile @Nullable Latest latest;

	private volatile long nextLook = System.nanoTime();

	/**
	 * Creates a watch that has not looked yet.
	 * @param look may take long, and must not throw
	 * @param interval least time from one look to the next
	 */
	DatabaseWatch(Supplier<DatabaseLook> look, Duration interval) {
		this(look, interval, DatabaseWatch::newThread);
	}

	DatabaseWatch(Supplier<DatabaseLook> look, Duration interval, ThreadFactory threads) {
		this.look = look;
		this.interval = interval;
		this.threads = threads;
	}

	private static Thread newThread(Runnable command) {
		Thread thread = new Thread(command, "tasuki-database-watch");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Returns what is known; {@code null} if the database did not answer.
	 */
	@Nullable DatabaseLook latest() {
		if (System.nanoTime() - this.nextLook >= 0 && this.looking.compareAndSet(false, true)) {
			await(startToLook());
		}
		Latest latest = this.latest;
		return (latest != null && System.nanoTime() - latest.at < LONGEST_AGE.toNanos()) ? latest.look : null;
	}

	private Thread startToLook() {
		boolean started = false;
		try {
			Thread thread = this.threads.newThread(this::look);
			thread.start();
			started = true;
			return thread;
		}
		finally {
			// There may be no room for one more thread just now.
			if (!started) {
				this.looking.set(false);
			}
		}
	}

	private static void await(Thread thread) {
		try {
			thread.join(PATIENCE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void look() {
		long begin = System.nanoTime();
		Duration pause = SOON;
		try {
			DatabaseLook look = this.look.get();
			this.latest = new Latest(look, System.nanoTime());
			pause = (look.error() == null) ? this.interval : SOON;
		}
		finally {
			this.nextLook = begin + pause.toNanos();
			this.looking.set(false);
		}
	}

	private record Latest(DatabaseLook look, long at) {
	}

}
