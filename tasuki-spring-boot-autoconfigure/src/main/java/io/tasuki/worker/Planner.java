package io.tasuki.worker;

import java.util.List;
import java.util.function.Supplier;

/**
 * Decides what to claim next from what the slots hold, and asks them for a signal when
 * that is nothing for want of room. For the poller's thread.
 */
final class Planner {

	/**
	 * Most jobs held in memory, outcomes that are not yet recorded included: the bound
	 * that makes a slow completer hold the poller back.
	 */
	static final int MOST_HELD = 8_192;

	private final Prefetch prefetch = new Prefetch();

	private final Slots slots;

	private final HeldJobs held;

	private final List<LineCursor> lines;

	private final int concurrency;

	private final int mostHeld;

	private final boolean rated;

	private int shared;

	private volatile boolean waitsForCompleter;

	Planner(Slots slots, HeldJobs held, List<LineCursor> lines, int concurrency) {
		this.slots = slots;
		this.held = held;
		this.lines = lines;
		this.concurrency = concurrency;
		this.mostHeld = Math.max(MOST_HELD, 2 * concurrency);
		this.rated = lines.stream().anyMatch((cursor) -> cursor.line().rates().length > 0);
	}

	/**
	 * Returns whether the last plan was empty because too many outcomes were not yet
	 * recorded. Any thread may ask.
	 */
	boolean waitsForCompleter() {
		return this.waitsForCompleter;
	}

	/**
	 * Plans a claim ahead of the cursors, lines whose turn it is first.
	 */
	ClaimPlan ahead() {
		ClaimPlan plan = plan(() -> ClaimPlan.ahead(this.lines, this.concurrency, room(), mostRoom(), refill()));
		// Not before: jobs that are asked for once more take the room of those that could
		// run.
		this.slots.startRefused();
		return plan;
	}

	/**
	 * Plans a step of the sweep, lines whose turn it is first.
	 */
	ClaimPlan sweep() {
		return plan(() -> ClaimPlan.sweep(this.lines, this.concurrency, room(), mostRoom()));
	}

	/**
	 * Returns nanoseconds until a line that may have jobs to claim may claim them by its
	 * rate. One whose slots are taken is none: it waits for them.
	 */
	long untilRateAllows() {
		return this.rated ? this.slots.look(this::rateWait) : Long.MAX_VALUE;
	}

	private long rateWait() {
		long wait = Long.MAX_VALUE;
		for (LineCursor cursor : this.lines) {
			long untilAllowed = wants(cursor) ? cursor.line().untilRateAllows() : 0;
			wait = (untilAllowed > 0) ? Math.min(wait, untilAllowed) : wait;
		}
		return wait;
	}

	private static boolean wants(LineCursor cursor) {
		return cursor.hot() || cursor.sweeping();
	}

	private ClaimPlan plan(Supplier<ClaimPlan> planner) {
		// Planning and asking for the signal are one look, or a slot freed in between
		// would
		// go unnoticed.
		return this.slots.look(() -> {
			long now = System.nanoTime();
			measure(now);
			// Said before looking: the completer lets go before it looks at this.
			this.waitsForCompleter = true;
			this.waitsForCompleter = mostRoom() <= 0;
			ClaimPlan plan = planner.get();
			askForSignal();
			return plan;
		});
	}

	private void measure(long now) {
		long finished = 0;
		for (LineCursor cursor : this.lines) {
			finished += cursor.line().finished();
		}
		this.shared = this.prefetch.jobs(now, finished, this.concurrency);
		this.lines.forEach((cursor) -> cursor.measure(now, this.concurrency, this.shared));
	}

	/**
	 * Returns whether so few jobs are held that a large claim of fast ones is worth
	 * while.
	 */
	private boolean refill() {
		return this.slots.held() <= ClaimPlan.refillAt(this.concurrency, prefetch());
	}

	/**
	 * Returns for how many slots there is room, prefetch included.
	 */
	private int room() {
		return Math.min(this.concurrency + prefetch() - this.slots.held(), mostRoom());
	}

	private int mostRoom() {
		return this.mostHeld - this.held.size();
	}

	private int prefetch() {
		if (this.shared > 0) {
			return this.shared;
		}
		int prefetch = 0;
		for (LineCursor cursor : this.lines) {
			prefetch += cursor.prefetched();
		}
		return Math.min(prefetch, Prefetch.LIMIT);
	}

	private void askForSignal() {
		boolean waits = false;
		for (LineCursor cursor : this.lines) {
			Line line = cursor.line();
			long untilAllowed = wants(cursor) ? line.untilRateAllows() : 0;
			boolean wants = wants(cursor) && untilAllowed == 0;
			boolean slow = cursor.prefetched() == 0;
			int few = ClaimPlan.refillAt(cursor, this.concurrency);
			// A fast line that holds few waits for the others. Told of each of its
			// ends, the poller would look in vain thousands of times a second.
			boolean waitsForOthers = wants && !slow && line.held() <= few;
			line.awaitStart(untilAllowed == Long.MAX_VALUE);
			line.refillAt((wants && !waitsForOthers) ? few : -1);
			waits |= waitsForOthers || (wants && slow);
		}
		this.slots.refillAt(waits ? ClaimPlan.refillAt(this.concurrency, prefetch()) : -1);
	}

}
