package io.tasuki.actuate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tasuki.DatabaseOperations;
import io.tasuki.DatabaseReport;
import org.jspecify.annotations.Nullable;

/**
 * Knows what the latest look at the database has shown. Has another thread look again if
 * that was a while ago, and waits for it no longer than a healthy database takes. Safe
 * for use by many threads.
 */
final class DatabaseWatch {

	/** Least time from one look to the next. */
	static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofMillis(500);

	/** What is older than this is told no more. */
	private static final Duration LONGEST_AGE = Duration.ofMinutes(1);

	private final DatabaseOperations database;

	private final Duration interval;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile @Nullable Look latest;

	private volatile long nextLook = System.nanoTime();

	DatabaseWatch(DatabaseOperations database, Duration interval) {
		this.database = database;
		this.interval = interval;
	}

	/**
	 * Returns what is known; {@code null} if the database did not answer.
	 */
	@Nullable DatabaseReport report() {
		if (System.nanoTime() - this.nextLook >= 0 && this.looking.compareAndSet(false, true)) {
			this.nextLook = System.nanoTime() + this.interval.toNanos();
			Thread thread = new Thread(this::look, "tasuki-database-watch");
			thread.setDaemon(true);
			thread.start();
			await(thread);
		}
		Look latest = this.latest;
		return (latest != null && System.nanoTime() - latest.at < LONGEST_AGE.toNanos()) ? latest.report : null;
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
		try {
			this.latest = new Look(this.database.inspect(), System.nanoTime());
		}
		catch (RuntimeException ex) {
			// Others tell that the database is away.
			this.latest = null;
		}
		finally {
			this.looking.set(false);
		}
	}

	private record Look(DatabaseReport report, long at) {
	}

}
