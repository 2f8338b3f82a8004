package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * Notes on the job that has a unique key that somebody has cancelled it, and locks its
 * row.
 */
final class RequestCancelOfKey {

	static final String SQL = """
			update tasuki.job
			   set cancel_requested_at = clock_timestamp()
			 where queue = ? and unique_key = ?
			returning id, queue, payload::text as payload_text, lease_expires_at is not null as leased,
			          has_table_privilege(to_regclass('tasuki.job_archive'), 'insert') and exists (
			            select
			              from pg_inherits as link
			              join pg_class as partition on partition.oid = link.inhrelid
			             where link.inhparent = to_regclass('tasuki.job_archive')
			               and partition.relname = 'job_archive_'
			                     || to_char(cancel_requested_at at time zone 'UTC', 'YYYYMMDD')) as archivable
			""";

	private RequestCancelOfKey() {
	}

	/**
	 * Returns how the job stood; {@code null} if no live job has the key.
	 */
	static @Nullable CancelRequest run(CallersConnection connection, String queue, String uniqueKey)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setString(1, queue);
			statement.setString(2, uniqueKey);
			return CancelRequest.read(statement).stream().findFirst().orElse(null);
		}
	}

}
