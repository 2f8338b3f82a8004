package io.tasuki.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left, while one claim is planned, of the slots that lines share. Jobs of lines
 * that are not prefetched take theirs for long, so all of them together are leased no
 * more than there are slots. Jobs of fast lines give theirs back in a moment, so they
 * take none from anybody: else a fast line with its thousands of prefetched jobs would
 * shut out every other line of its queue until its backlog is gone.
 */
final class FreeSlots {

	private final int concurrency;

	private final Map<SlotLimit, Integer> taken = new HashMap<>();

	private final Map<StartRate, Integer> starts = new HashMap<>();

	FreeSlots(List<LineCursor> lines, int concurrency) {
		this.concurrency = concurrency;
		for (LineCursor cursor : lines) {
			if (cursor.prefetched() == 0) {
				take(cursor.line(), cursor.line().held());
			}
		}
	}

	/**
	 * Takes for a line what there is for it.
	 * @param beyond how many jobs it may hold beyond its slots; zero if it is not fast
	 * @return how many jobs it may claim
	 */
	int take(LineCursor cursor, int beyond) {
		Line line = cursor.line();
		int jobs = Math.min(line.room(this.concurrency, beyond), starts(line));
		if (beyond == 0) {
			for (SlotLimit limit : line.limits()) {
				jobs = Math.min(jobs, (limit.limit() - this.taken.getOrDefault(limit, 0)) * line.batchSize());
			}
			jobs = Math.max(jobs, 0);
			take(line, line.slotsFor(jobs));
		}
		for (StartRate rate : line.rates()) {
			this.starts.merge(rate, jobs, Integer::sum);
		}
		return jobs;
	}

	/**
	 * Returns how many jobs of a line its rates let start. Unlike slots, starts are taken
	 * by fast lines too: they do not come back sooner.
	 */
	private int starts(Line line) {
		int starts = Integer.MAX_VALUE;
		for (StartRate rate : line.rates()) {
			starts = Math.min(starts, rate.room() - this.starts.getOrDefault(rate, 0));
		}
		return Math.max(starts, 0);
	}

	private void take(Line line, int slots) {
		for (SlotLimit limit : line.limits()) {
			this.taken.merge(limit, slots, Integer::sum);
		}
	}

}
