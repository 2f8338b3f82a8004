package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * What one claim asks for: which lines, in which order, and how many jobs of each.
 *
 * @param shares the lines with their limits
 * @param limit most jobs over all of them
 */
record ClaimPlan(List<Share> shares, int limit) {

	/**
	 * Most lines that one claim asks for fast jobs. A few have as many as can be held;
	 * each of a thousand costs its ten cursors.
	 */
	static final int MOST_FAST_LINES = 100;

	static final ClaimPlan NOTHING = new ClaimPlan(List.of(), 0);

	boolean isEmpty() {
		return this.shares.isEmpty();
	}

	/**
	 * Plans a claim ahead of the cursors: the lines that may have due jobs, each with its
	 * free slots and its prefetch. Slow jobs are claimed as each slot becomes free; fast
	 * ones when half of what can be held is used up, which makes claims few and large.
	 * Lines with fast ones for which there is no place in this claim have their turn in
	 * the next.
	 * @param room how many more slots the worker may hold jobs for
	 * @param most how many more jobs it may hold, however few slots they take
	 * @param refill whether it is time for fast ones
	 */
	static ClaimPlan ahead(List<LineCursor> lines, int concurrency, int room, int most, boolean refill) {
		List<Share> shares = new ArrayList<>();
		FreeSlots free = new FreeSlots(lines, concurrency);
		int fast = 0;
		for (LineCursor cursor : lines) {
			boolean due = cursor.prefetched() == 0 || (refill && fast < MOST_FAST_LINES);
			if (cursor.hot() && due && cursor.line().held() <= refillAt(cursor, concurrency)) {
				int jobs = free.take(cursor, cursor.prefetched());
				if (cursor.line().batchSize() == 1) {
					add(shares, cursor, jobs);
					fast += (jobs > 0 && cursor.prefetched() > 0) ? 1 : 0;
				}
				else if (shares.isEmpty() && jobs > 0) {
					return ofBatches(cursor, jobs, room, most);
				}
			}
		}
		return of(shares, room);
	}

	/**
	 * Plans a step of a sweep: the lines not yet through, each with its free slots alone,
	 * since what a sweep finds may be suspects, which are not prefetched. A line so fast
	 * that its slots are always taken gets as many jobs as it has slots, or it would
	 * never be swept.
	 * @param room how many more slots the worker may hold jobs for
	 * @param most how many more jobs it may hold even for that
	 */
	static ClaimPlan sweep(List<LineCursor> lines, int concurrency, int room, int most) {
		List<Share> shares = new ArrayList<>();
		FreeSlots free = new FreeSlots(lines, concurrency);
		boolean fast = false;
		for (LineCursor cursor : lines) {
			if (cursor.sweeping()) {
				int slots = cursor.line().slots(concurrency);
				int beyond = (cursor.prefetched() > 0) ? cursor.prefetched() + slots : 0;
				int jobs = Math.min(slots * cursor.line().batchSize(), free.take(cursor, beyond));
				if (cursor.line().batchSize() == 1) {
					add(shares, cursor, jobs);
					fast |= beyond > 0;
				}
				else if (shares.isEmpty() && jobs > 0) {
					return ofBatches(cursor, jobs, (beyond > 0) ? Math.max(room, concurrency) : room, most);
				}
			}
		}
		return of(shares, fast ? Math.min(Math.max(room, concurrency), most) : room);
	}

	/**
	 * A line whose jobs share slots has a claim to itself when its turn is first: over
	 * several lines nobody could say how many slots the jobs will take.
	 */
	private static ClaimPlan ofBatches(LineCursor cursor, int jobs, int room, int most) {
		int limit = Math.min(jobs, Math.min(room * cursor.line().batchSize(), most));
		return (limit > 0) ? new ClaimPlan(List.of(new Share(cursor, limit)), limit) : NOTHING;
	}

	private static void add(List<Share> shares, LineCursor cursor, int limit) {
		if (limit > 0) {
			shares.add(new Share(cursor, limit));
		}
	}

	private static ClaimPlan of(List<Share> shares, int room) {
		return (shares.isEmpty() || room <= 0) ? NOTHING : new ClaimPlan(shares, room);
	}

	/**
	 * Returns how few jobs a line must hold for a claim to be worth while.
	 */
	static int refillAt(LineCursor cursor, int concurrency) {
		return refillAt(cursor.line().slots(concurrency), cursor.prefetched());
	}

	/**
	 * Returns how few jobs so many slots with so much prefetch must hold for a claim to
	 * be worth while.
	 */
	static int refillAt(int slots, int prefetch) {
		return (prefetch == 0) ? slots - 1 : (slots + prefetch) / 2;
	}

	/**
	 * One line's part.
	 *
	 * @param cursor the line, and how far the poller has come in it
	 * @param limit most jobs to take from it
	 */
	record Share(LineCursor cursor, int limit) {

	}

}
