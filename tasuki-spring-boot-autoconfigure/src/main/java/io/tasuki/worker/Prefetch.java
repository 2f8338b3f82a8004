package io.tasuki.worker;

import java.time.Duration;

/**
 * How many jobs to claim beyond the free slots: as many as were seen to finish in a tenth
 * of a second, so thousands of jobs that do nothing and none of slow ones. A prefetched
 * job hides from other instances and lets no higher priority past it, which is why it
 * must not wait long. Asked for each line, and for the worker as a whole: of a thousand
 * lines with a few fast jobs each, none would be seen to finish many. For the poller's
 * thread.
 */
final class Prefetch {

	static final int LIMIT = 2_000;

	static final long WINDOW = Duration.ofMillis(100).toNanos();

	private boolean begun;

	private long windowStart;

	private long finishedBefore;

	private int lastWindow;

	/**
	 * Returns the number of jobs.
	 * @param finished how many jobs have finished since the beginning
	 * @param slots how many can run at once
	 */
	int jobs(long now, long finished, int slots) {
		if (!this.begun) {
			this.begun = true;
			this.windowStart = now;
			this.finishedBefore = finished;
		}
		long elapsed = now - this.windowStart;
		long recently = finished - this.finishedBefore;
		if (elapsed >= WINDOW) {
			this.lastWindow = (int) Math.min(LIMIT, recently * WINDOW / elapsed);
			this.windowStart = now;
			this.finishedBefore = finished;
			recently = 0;
		}
		int jobs = (int) Math.min(LIMIT, Math.max(recently, this.lastWindow));
		// Each slot may have ended a job that began long ago; those beyond were fast.
		return (jobs >= 2 * slots) ? jobs : 0;
	}

}
