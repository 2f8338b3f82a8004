package io.tasuki;

import java.util.Objects;

/**
 * Answer to the wish that a job run at another time.
 *
 * @param id identity of the job
 * @param effect what became of the wish
 */
public record Rescheduling(JobId id, Effect effect) {

	public Rescheduling {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(effect, "'effect' must not be null");
	}

	/** What a rescheduling does to a job, once its transaction has committed. */
	public enum Effect {

		/** The job was waiting, and waits for the new time now. */
		RESCHEDULED,

		/** Nothing changed: a worker holds the job, or did so when it died. */
		RUNNING,

		/** Nothing changed: the job has succeeded or was cancelled. */
		FINISHED,

		/** Nothing changed: the job is dead. It can be retried. */
		DEAD,

		/** Nothing changed: there is no such job, or not any more. */
		UNKNOWN

	}

}
