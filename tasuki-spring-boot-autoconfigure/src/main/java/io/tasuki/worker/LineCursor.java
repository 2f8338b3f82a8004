package io.tasuki.worker;

import java.util.Arrays;
import java.util.List;

import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;

/**
 * How far the poller has come in one line, per priority, so that a claim does not walk
 * again over what was claimed before. A hint: wrong, it delays a job until the next
 * sweep, it never loses or doubles one. A sweep has positions of its own, which start
 * from the front. For the poller's thread.
 */
final class LineCursor {

	private static final int ALL = (1 << LineClaim.PRIORITIES) - 1;

	private final Line line;

	private final Prefetch prefetch = new Prefetch();

	private final Position[] ahead = new Position[LineClaim.PRIORITIES];

	private final Position[] sweep = new Position[LineClaim.PRIORITIES];

	private int prefetched;

	/** One bit per priority in which there may be due jobs ahead. */
	private int hot;

	private boolean sweeping;

	LineCursor(Line line) {
		this.line = line;
		Arrays.fill(this.ahead, Position.START);
		Arrays.fill(this.sweep, Position.START);
	}

	Line line() {
		return this.line;
	}

	/**
	 * Looks anew how many jobs are worth claiming beyond the free slots: as many as this
	 * line finishes, or as all lines together do, if it would keep up with that.
	 * @param shared how many are worth claiming for all lines together
	 */
	void measure(long now, int concurrency, int shared) {
		int slots = this.line.slots(concurrency);
		int own = this.prefetch.jobs(now, this.line.finished(), slots);
		long fit = this.line.fit(slots, Prefetch.WINDOW);
		int jobs = (fit < 2L * slots) ? own : (int) Math.max(own, Math.min(fit, shared));
		// The last jobs of a queue that was paused may have been fast.
		this.prefetched = (slots > 0) ? jobs : 0;
	}

	/**
	 * Returns how many jobs are worth claiming beyond the free slots.
	 */
	int prefetched() {
		return this.prefetched;
	}

	/**
	 * Returns whether there may be due jobs ahead of the cursor.
	 */
	boolean hot() {
		return this.hot != 0;
	}

	void heat() {
		this.hot = ALL;
	}

	/**
	 * Returns whether a sweep of this line is not yet through.
	 */
	boolean sweeping() {
		return this.sweeping;
	}

	void startSweep() {
		if (!this.sweeping) {
			this.sweeping = true;
			Arrays.fill(this.sweep, Position.START);
		}
	}

	/**
	 * Goes back so that the next claim sees this job, which came late.
	 */
	void pullBack(int priority, Position to) {
		Position before = new Position(to.runAt(), to.id() - 1);
		if (before.compareTo(this.ahead[priority]) < 0) {
			this.ahead[priority] = before;
		}
		this.hot |= 1 << priority;
	}

	/**
	 * Returns from where to look in each priority; not at all where nothing can be.
	 */
	List<Position> ahead() {
		Position[] hot = this.ahead.clone();
		for (int priority = 0; priority < hot.length; priority++) {
			if ((this.hot & 1 << priority) == 0) {
				hot[priority] = Position.END;
			}
		}
		return List.of(hot);
	}

	List<Position> sweep() {
		return List.of(this.sweep);
	}

	/**
	 * Moves on after a claim ahead of the cursor.
	 * @param full whether it brought as many jobs as it asked for
	 */
	void claimedAhead(List<HeldJob> jobs, boolean full) {
		jobs.forEach((job) -> advance(this.ahead, job));
		if (!full) {
			this.hot = 0;
		}
	}

	/**
	 * Moves on after a step of a sweep. The sweep is through when it found less than it
	 * asked for, or has caught up with the cursor where it last found something.
	 * @param full whether it brought as many jobs as it asked for
	 */
	void swept(List<HeldJob> jobs, boolean full) {
		if (full && jobs.isEmpty()) {
			// Other lines took all there was to take: this one has not been looked at.
			return;
		}
		jobs.forEach((job) -> advance(this.sweep, job));
		int last = jobs.stream().mapToInt((job) -> job.job().priority()).max().orElse(0);
		if (full && this.sweep[last].compareTo(this.ahead[last]) < 0) {
			return;
		}
		this.sweeping = false;
		this.hot = full ? ALL : 0;
		for (int priority = 0; priority < LineClaim.PRIORITIES; priority++) {
			if (this.ahead[priority].compareTo(this.sweep[priority]) < 0) {
				this.ahead[priority] = this.sweep[priority];
			}
		}
	}

	private static void advance(Position[] cursors, HeldJob job) {
		Position position = job.claimed().position();
		int priority = job.job().priority();
		if (cursors[priority].compareTo(position) < 0) {
			cursors[priority] = position;
		}
	}

}
