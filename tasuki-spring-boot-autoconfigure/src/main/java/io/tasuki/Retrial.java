package io.tasuki;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Answer to the wish that a dead job be tried again.
 *
 * @param id identity of the job, dead or alive
 * @param effect what became of the wish
 * @param keyHolder the live job that has the dead one's unique key, where that is the
 * obstacle
 */
public record Retrial(JobId id, Effect effect, @Nullable JobId keyHolder) {

	public Retrial {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(effect, "'effect' must not be null");
	}

	/** What a retrial does to a job, once its transaction has committed. */
	public enum Effect {

		/** The job lives again, under its old id, and is due at once. */
		RETRIED,

		/** Nothing changed: a live job of the same queue has the same unique key. */
		KEY_TAKEN,

		/** Nothing changed: there is no dead job with this id. */
		NOT_DEAD

	}

}
