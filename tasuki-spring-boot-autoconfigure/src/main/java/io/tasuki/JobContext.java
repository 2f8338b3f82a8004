package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * What a handler can learn and say while it runs one attempt of a job. Safe for use by
 * threads that the handler starts; of no effect once the attempt has ended.
 */
public interface JobContext {

	/**
	 * Returns the job, with the number of this attempt.
	 */
	Job job();

	/**
	 * Returns the number of this attempt, counted from 1. An attempt that a crash, a
	 * shutdown or a snooze interrupted keeps its number when it is repeated.
	 */
	int attempt();

	/**
	 * Returns whether this attempt should stop as soon as it can: somebody cancelled the
	 * job, or the worker lost its lease on it, or is shutting down and its grace period
	 * is over, or the attempt has run longer than its timeout. The thread is interrupted
	 * as well. What a handler returns soon after a timeout or the end of that grace
	 * period still counts, and that a cancelled job is done counts too; what it returns
	 * after a lost lease, or too late, is not recorded.
	 */
	boolean isCancelled();

	/**
	 * Returns whether the worker is shutting down and waits for this attempt to finish. A
	 * long-running handler may return {@link JobResult#snooze} then, to go on elsewhere.
	 */
	boolean isDraining();

	/**
	 * Leaves the handler when this attempt should stop.
	 * @throws JobCancelledException if {@link #isCancelled()}
	 */
	void throwIfCancelled();

	/**
	 * Reports how far the job has come, without words.
	 * @param percent from 0 to 100
	 * @throws IllegalArgumentException if the number is out of range
	 */
	default void progress(int percent) {
		progress(percent, null);
	}

	/**
	 * Reports how far the job has come. Costs no database access here: the latest report
	 * is written with the worker's next heartbeat, about a second later.
	 * @param percent from 0 to 100
	 * @param note a few words, cut after 500 characters; {@code null} for none
	 * @throws IllegalArgumentException if the number is out of range
	 */
	void progress(int percent, @Nullable String note);

}
