package io.tasuki.observation;

import java.util.Locale;

import io.tasuki.BatchResult;
import io.tasuki.Job;
import io.tasuki.JobResult;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as far as its handler decides it. What becomes of the job after a
 * failure, another attempt or the dead letters, the worker decides later.
 */
public enum AttemptOutcome {

	/** The handler was done. */
	SUCCEEDED,

	/** The handler asked for another attempt. */
	RETRY,

	/** The handler put the job off. */
	SNOOZED,

	/** The handler cancelled the job. */
	CANCELLED,

	/** The handler said that the job can never succeed. */
	DEAD,

	/** The handler threw an exception. */
	FAILED,

	/**
	 * The handler threw an exception after it had been told to stop: the job was
	 * cancelled, its time was up, its lease was lost, or the worker shuts down.
	 */
	STOPPED,

	/** The jobs of a batch ended in several of these ways. */
	VARIOUS;

	/**
	 * Returns the value of the key.
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

	static AttemptOutcome of(@Nullable JobResult result) {
		if (result instanceof JobResult.Done) {
			return SUCCEEDED;
		}
		if (result instanceof JobResult.Retry) {
			return RETRY;
		}
		if (result instanceof JobResult.Snooze) {
			return SNOOZED;
		}
		if (result instanceof JobResult.Cancel) {
			return CANCELLED;
		}
		return (result instanceof JobResult.Fail) ? DEAD : FAILED;
	}

	static AttemptOutcome of(@Nullable BatchResult result, Iterable<Job> jobs) {
		if (result == null) {
			return FAILED;
		}
		AttemptOutcome all = null;
		for (Job job : jobs) {
			AttemptOutcome own = of(result.of(job.id()));
			if (all != null && all != own) {
				return VARIOUS;
			}
			all = own;
		}
		return (all != null) ? all : SUCCEEDED;
	}

}
