package io.tasuki.store;

import io.tasuki.Job;

/**
 * A job this worker may run.
 *
 * @param job the job, with the number of the attempt to make
 * @param lease the right to run it
 * @param crashes how many workers are known to have died running it; 1 may be mere
 * suspicion
 * @param cancelRequested whether somebody cancelled the job while its former worker held
 * it: it is to end as cancelled without a start
 */
public record ClaimedJob(Job job, Lease lease, int crashes, boolean cancelRequested) {

	/**
	 * Returns whether a worker died while it held this job, perhaps because of it.
	 */
	public boolean suspect() {
		return this.crashes > 0;
	}

	/**
	 * Returns the job's place in the run order of its queue and priority.
	 */
	public Position position() {
		return new Position(this.job.runAt(), this.job.id().value());
	}

}
