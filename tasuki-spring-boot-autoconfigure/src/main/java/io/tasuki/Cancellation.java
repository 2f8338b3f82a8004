package io.tasuki;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Answer to a cancel.
 *
 * @param id identity of the job
 * @param effect what the cancel does to the job
 * @param payload the job's input as JSON; {@code null} when the kind carries none, or the
 * cancel has no effect
 */
public record Cancellation(JobId id, Effect effect, @Nullable String payload) {

	public Cancellation {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(effect, "'effect' must not be null");
	}

	/**
	 * Creates an answer without a payload.
	 */
	public Cancellation(JobId id, Effect effect) {
		this(id, effect, null);
	}

	/** What a cancel does to a job, once its transaction has committed. */
	public enum Effect {

		/** The job was waiting. It has ended as cancelled and will not run. */
		CANCELLED,

		/**
		 * A worker holds the job and is told to stop it. It ends as cancelled, unless its
		 * handler is done all the same.
		 */
		REQUESTED,

		/** Nothing changed: the job has finished before, or there never was one. */
		NONE

	}

}
