package io.tasuki.histories;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A job as it stands in one of the tables.
 *
 * @param leaseHours hours until the lease runs out, rounded
 * @param errors attempt and message of each error, oldest first
 * @param crashOwners owners that are charged with the crashes, oldest first
 * @param lines attempt and text of each log line, oldest first
 */
record Row(long id, Place place, String queue, String kind, String payload, int priority, @Nullable String uniqueKey,
		Instant runAt, int attempt, @Nullable Integer maxAttempts, int leaseNo, int crashes, @Nullable Long owner,
		@Nullable Integer leaseHours, boolean cancelRequested, @Nullable Integer progress, @Nullable String note,
		@Nullable String reason, String errors, String crashOwners, String lines) {

	/** Where a job is. */
	enum Place {

		LIVE, SUCCEEDED, CANCELLED, DEAD,

		/** Finished where no archive is kept. */
		NOWHERE

	}

}
