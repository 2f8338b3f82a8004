package io.tasuki.metrics;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What a look into the database has found. Whoever reads it waits for nothing, and has a
 * thread look again if the latest look was a while ago: at most a twentieth of the time
 * goes into looking, however long the database takes. While the database is away it keeps
 * for some time what it has: others tell that. Safe for use by many threads.
 *
 * @param <T> what is found
 */
final class Glance<T> {

	/** What is older than this is told no more. */
	static final Duration LONGEST_AGE = Duration.ofMinutes(15);

	private static final int TIMES_COST = 20;

	private final Supplier<T> look;

	private final long interval;

	private final LongSupplier nanoTime;

	private final Executor executor;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile long lookAt;

	private volatile @Nullable Found<T> found;

	/**
	 * Creates a glance before the first look.
	 * @param look may take long, and throw
	 * @param interval least time from one look to the next
	 */
	Glance(Supplier<T> look, Duration interval) {
		this(look, interval, System::nanoTime, Glance::startThread);
	}

	Glance(Supplier<T> look, Duration interval, LongSupplier nanoTime, Executor executor) {
		this.look = look;
		this.interval = interval.toNanos();
		this.nanoTime = nanoTime;
		this.executor = executor;
		this.lookAt = nanoTime.getAsLong();
	}

	private static void startThread(Runnable command) {
		Thread thread = new Thread(command, "tasuki-metrics");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Returns what was found last; {@code null} before the first look is over, or if that
	 * was too long ago.
	 */
	@Nullable T read() {
		if (due() && this.looking.compareAndSet(false, true)) {
			startToLook();
		}
		Found<T> found = this.found;
		return (found != null && this.nanoTime.getAsLong() - found.at < LONGEST_AGE.toNanos()) ? found.what : null;
	}

	private boolean due() {
		return this.nanoTime.getAsLong() - this.lookAt >= 0;
	}

	private void startToLook() {
		boolean started = false;
		try {
			// Another reader's look may have ended since this one found that it is time.
			if (due()) {
				this.executor.execute(this::look);
				started = true;
			}
		}
		finally {
			if (!started) {
				this.looking.set(false);
			}
		}
	}

	private void look() {
		long begin = this.nanoTime.getAsLong();
		T what = null;
		try {
			what = this.look.get();
		}
		catch (RuntimeException ex) {
			// The next look may do better.
		}
		finally {
			long end = this.nanoTime.getAsLong();
			this.lookAt = end + Math.max(this.interval - (end - begin), TIMES_COST * (end - begin));
			if (what != null) {
				this.found = new Found<>(what, end);
			}
			this.looking.set(false);
		}
	}

	private record Found<T>(T what, long at) {
	}

}
