package io.tasuki;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Somebody for whose sake PostgreSQL keeps rows that are deleted or replaced, because a
 * transaction of theirs may still have to see them.
 *
 * @param kind what holds the snapshot
 * @param pid process of the server, as {@code pg_terminate_backend} takes it;
 * {@code null} where there is none
 * @param name application of a session or a standby, identifier of a prepared
 * transaction, name of a slot
 * @param state state of the session, such as {@code idle in transaction}; whether the
 * slot is {@code active}; {@code null} if the role may not see it
 * @param age how long ago the transaction began; {@code null} if nothing tells, or the
 * role may not see it
 * @param transactions how many transactions have begun since
 */
public record SnapshotHolder(Kind kind, @Nullable Integer pid, String name, @Nullable String state,
		@Nullable Duration age, long transactions) {

	/** What can hold a snapshot. */
	public enum Kind {

		/** A session, which can be ended. */
		SESSION,

		/** A transaction that was prepared for two-phase commit, and not finished. */
		PREPARED_TRANSACTION,

		/** A replication slot, for a standby that may be gone. */
		REPLICATION_SLOT,

		/** A connected standby that sends feedback about its own queries. */
		STANDBY

	}

}
