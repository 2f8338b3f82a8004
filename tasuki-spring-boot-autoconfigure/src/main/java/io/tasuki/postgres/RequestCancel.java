package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/** Notes on a job that somebody has cancelled it, and locks its row. */
final class RequestCancel {

	// Asks beforehand whether the archive takes the job: after a failure the caller's
	// transaction could only be rolled back, and a savepoint for each of many cancels is
	// dear for everybody.
	static final String SQL = """
			update tasuki.job
			   set cancel_requested_at = clock_timestamp()
			 where id = ?
			returning id, queue, payload::text as payload_text, lease_expires_at is not null as leased,
			          has_table_privilege(to_regclass('tasuki.job_archive'), 'insert') and exists (
			            select
			              from pg_inherits as link
			              join pg_class as partition on partition.oid = link.inhrelid
			             where link.inhparent = to_regclass('tasuki.job_archive')
			               and partition.relname = 'job_archive_'
			                     || to_char(cancel_requested_at at time zone 'UTC', 'YYYYMMDD')) as archivable
			""";

	private RequestCancel() {
	}

	/**
	 * Returns how the job stood; {@code null} if it is not live.
	 */
	static @Nullable CancelRequest run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			return CancelRequest.read(statement).stream().findFirst().orElse(null);
		}
	}

}
