package io.tasuki.store;

import java.time.Duration;
import java.time.Instant;

import io.tasuki.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * A job to store, with every default filled in but those the database or the worker
 * decides.
 *
 * @param kind name that selects the handler
 * @param queue queue to wait in
 * @param payload the job's input as JSON; {@code null} when the kind carries none
 * @param priority 0 first to 9 last
 * @param delay how long from now until the job is due; {@code null} for not at all
 * @param runAt moment from which on the job is due, never earlier than now; {@code null}
 * for none; excludes a delay
 * @param maxAttempts attempts before the job is dead; {@code null} to let the worker
 * decide
 * @param uniqueKey what at most one live job of the queue has, and what happens when one
 * has it; {@code null} for none
 * @param label what several jobs may share; {@code null} for none
 * @param metadata what travels with the job, as JSON; {@code null} for nothing
 */
public record NewJob(String kind, String queue, @Nullable String payload, int priority, @Nullable Duration delay,
		@Nullable Instant runAt, @Nullable Integer maxAttempts, @Nullable UniqueKey uniqueKey, @Nullable String label,
		@Nullable String metadata) {

	/**
	 * Returns whether another live job may have what this one must have alone.
	 */
	public boolean isUnique() {
		return this.uniqueKey != null;
	}

}
