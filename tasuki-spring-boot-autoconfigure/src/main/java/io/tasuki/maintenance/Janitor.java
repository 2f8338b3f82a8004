package io.tasuki.maintenance;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.tasuki.store.MaintenanceStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in the archive for the days ahead, and removes archived and dead jobs after
 * their retention and owners after thirty days. May run in every instance: one of them
 * works at a time. What fails is logged once, left for the next round, and stops nothing
 * else.
 *
 * <p>
 * Safe for use by many threads; the thread that {@link #start()} makes is a daemon.
 */
public final class Janitor {

	/** A janitor may be unable to work for this long before the archive has no room. */
	static final int DAYS_AHEAD = 7;

	static final int PAGE = 1000;

	/** Bounds a round: what is left is left for the next one. */
	static final int MOST_PAGES = 100;

	/** A worker that lives says so once a day. */
	static final Duration OWNER_RETENTION = Duration.ofDays(30);

	private static final Duration SOON = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(Janitor.class);

	private final MaintenanceStore store;

	private final JanitorSettings settings;

	/** What failed in the latest round, by duty; guarded by itself. */
	private final Map<String, String> failures = new HashMap<>();

	/** Guarded by itself. */
	private final DeadJobPruning deadJobPruning;

	/** Whether another instance was at a round when this one was to do its own. */
	private volatile boolean outOfTurn;

	/** Whether the latest round ended before all dead jobs past their retention were. */
	private volatile boolean deadJobsLeft;

	private @Nullable Thread thread;

	/**
	 * Creates a janitor that is not started.
	 */
	public Janitor(MaintenanceStore store, JanitorSettings settings) {
		this.store = store;
		this.settings = settings;
		this.deadJobPruning = new DeadJobPruning(store);
	}

	/**
	 * Begins a round at once and then one each interval, sooner after a failure or when
	 * there was more to do than a round does. Does nothing when started.
	 */
	public synchronized void start() {
		if (this.thread == null) {
			Thread thread = new Thread(this::runUntilInterrupted, "tasuki-janitor");
			thread.setDaemon(true);
			this.thread = thread;
			thread.start();
		}
	}

	/**
	 * Ends the rounds. Waits a few seconds for a statement under way.
	 */
	public synchronized void stop() {
		Thread thread = this.thread;
		this.thread = null;
		if (thread != null) {
			thread.interrupt();
			awaitEnd(thread);
		}
	}

	private static void awaitEnd(Thread thread) {
		try {
			thread.join(Duration.ofSeconds(5).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void runUntilInterrupted() {
		while (!Thread.currentThread().isInterrupted()) {
			runOnce();
			pause();
		}
	}

	// Instances that started together would otherwise meet each hour.
	private void pause() {
		long longest = nextRound().toMillis();
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(longest - longest / 4, longest + 1));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Duration nextRound() {
		synchronized (this.failures) {
			boolean soon = (!this.failures.isEmpty() || this.deadJobsLeft || this.outOfTurn)
					&& this.settings.interval().compareTo(SOON) > 0;
			return soon ? SOON : this.settings.interval();
		}
	}

	/**
	 * Does one round of every duty, unless another instance is at one: then this one asks
	 * again a little later. Throws nothing.
	 */
	public void runOnce() {
		attempt("take its turn", () -> this.outOfTurn = !this.store.runAlone(this::runRound));
	}

	private void runRound() {
		if (this.settings.archive()) {
			attempt("look for missing archive partitions", () -> eachDay("make the archive partition of ",
					this.store.missingArchiveDays(DAYS_AHEAD), this.store::addArchiveDay));
		}
		Duration archiveRetention = this.settings.archiveRetention();
		if (archiveRetention != null) {
			attempt("look for expired archive partitions", () -> eachDay("drop the archive partition of ",
					this.store.expiredArchiveDays(archiveRetention), this.store::dropArchiveDay));
		}
		Duration deadRetention = this.settings.deadRetention();
		if (deadRetention != null) {
			attempt("prune dead jobs", () -> this.deadJobsLeft = !pruneDead(deadRetention));
		}
		attempt("prune owners", this::pruneOwners);
	}

	private void eachDay(String duty, List<LocalDate> days, Consumer<LocalDate> change) {
		days.forEach((day) -> attempt(duty + day, () -> change.accept(day)));
	}

	private boolean pruneDead(Duration retention) {
		synchronized (this.deadJobPruning) {
			return this.deadJobPruning.run(retention);
		}
	}

	private void pruneOwners() {
		int pruned = PAGE;
		for (int pages = 0; pruned == PAGE && pages < MOST_PAGES && !Thread.currentThread().isInterrupted(); pages++) {
			pruned = this.store.pruneOwners(OWNER_RETENTION, PAGE);
		}
	}

	private void attempt(String duty, Runnable action) {
		try {
			action.run();
			succeeded(duty);
		}
		catch (RuntimeException ex) {
			failed(duty, ex);
		}
	}

	private void succeeded(String duty) {
		synchronized (this.failures) {
			if (this.failures.remove(duty) != null) {
				logger.info("The janitor could {} again", duty);
			}
		}
	}

	private void failed(String duty, RuntimeException failure) {
		if (Thread.currentThread().isInterrupted()) {
			logger.debug("The janitor was stopped before it could {}", duty, failure);
			return;
		}
		String message = String.valueOf(failure.getMessage());
		synchronized (this.failures) {
			if (!message.equals(this.failures.put(duty, message))) {
				logger.warn("The janitor could not {}; it tries again in {} at most", duty, SOON, failure);
			}
		}
	}

}
