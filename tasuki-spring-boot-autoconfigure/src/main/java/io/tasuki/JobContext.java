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
	 * is written with the worker's next heartbeat, about a second later, or with the
	 * outcome of an attempt that ends before.
	 * @param percent from 0 to 100
	 * @param note a few words, cut after 500 characters; {@code null} for none
	 * @throws IllegalArgumentException if the number is out of range
	 */
	void progress(int percent, @Nullable String note);

	/**
	 * Writes a line into the job's history, where {@link FoundJob#logLines()} shows it:
	 * over retries, and after the job's end for as long as the job is kept. The latest
	 * {@value LogLine#MAX_LINES} lines stay. Costs no database access here: written as
	 * {@linkplain #progress(int, String) progress} is, whatever becomes of the attempt
	 * and of its transaction; only a process that dies loses the lines of its last
	 * second, and one that loses its lease what it has not written by then.
	 * @param line the text, cut after {@value LogLine#MAX_LENGTH} characters; what
	 * PostgreSQL cannot store is replaced
	 */
	void log(String line);

	/**
	 * Changes the job's own metadata for later attempts, which find it in
	 * {@link Job#metadata()}: to go on from where this one came to, for instance. The job
	 * of this context stays as it was claimed. Written as {@linkplain #log(String) lines}
	 * are: a handler's transaction that is rolled back does not undo it.
	 * @param name name of the entry; those that begin with {@code tasuki.} are not for
	 * handlers
	 * @param value its new value; {@code null} removes the entry
	 * @throws IllegalArgumentException if no request for a job could have such metadata,
	 * as when all names and values together have more than
	 * {@value Names#MAX_METADATA_LENGTH} characters; nothing is changed then
	 */
	void metadata(String name, @Nullable String value);

}
