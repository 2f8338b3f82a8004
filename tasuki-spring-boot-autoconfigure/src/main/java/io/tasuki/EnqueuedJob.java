package io.tasuki;

import java.util.Objects;

/**
 * Answer to an enqueue.
 *
 * @param id identity of the job that there is now
 * @param effect what the call did
 */
public record EnqueuedJob(JobId id, Effect effect) {

	public EnqueuedJob {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(effect, "'effect' must not be null");
	}

	/**
	 * Returns whether this call stored another job, and thus whether the id is new.
	 */
	public boolean created() {
		return this.effect == Effect.CREATED;
	}

	/** What an enqueue did. */
	public enum Effect {

		/** A new job was stored. */
		CREATED,

		/** A job that waits has the unique key. Nothing was stored. */
		EXISTING,

		/**
		 * A worker holds the job that has the unique key. Nothing was stored, and what
		 * led to this enqueue may have come too late for that job.
		 */
		RUNNING,

		/** The job that waited with the unique key is the new one now. */
		REPLACED

	}

}
