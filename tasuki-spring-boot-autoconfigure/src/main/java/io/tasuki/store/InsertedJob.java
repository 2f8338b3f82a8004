package io.tasuki.store;

import java.time.Duration;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobId;

/**
 * What the database made of a {@link NewJob}.
 *
 * @param id identity of the job that there is now
 * @param effect whether a row was stored or changed, or why not
 * @param position where the job stands in the run order
 * @param dueIn time from the insert until the job is due, by the database's clock; zero
 * when due at once
 */
public record InsertedJob(JobId id, EnqueuedJob.Effect effect, Position position, Duration dueIn) {

	/**
	 * Returns whether workers may find something to do that was not there before.
	 */
	public boolean wakes() {
		return this.effect == EnqueuedJob.Effect.CREATED || this.effect == EnqueuedJob.Effect.REPLACED;
	}

}
