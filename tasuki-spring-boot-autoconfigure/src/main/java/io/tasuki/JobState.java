package io.tasuki;

/**
 * Where a job is in its life. "Scheduled" and "retrying" are readings of an
 * {@link #AVAILABLE} job whose run-at lies ahead.
 */
public enum JobState {

	/** Waiting to be claimed, now or from its run-at on. */
	AVAILABLE,

	/** Leased by a worker. A lease that ran out counts as available again. */
	RUNNING,

	/** Its handler is done. */
	SUCCEEDED,

	/** Ended without success because somebody no longer wanted it. */
	CANCELLED,

	/** Gave up; kept in the dead letters for a human. */
	DEAD

}
