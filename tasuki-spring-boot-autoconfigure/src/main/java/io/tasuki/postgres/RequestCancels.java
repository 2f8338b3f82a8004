package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.tasuki.JobFilter;
import io.tasuki.JobId;

/**
 * Notes on jobs that somebody has cancelled them, and locks their rows: on those that are
 * in one of some states and that nobody has cancelled before.
 */
final class RequestCancels {

	static final String SQL = """
			update tasuki.job
			   set cancel_requested_at = clock_timestamp()
			 where id = any (?)
			   and cancel_requested_at is null
			   and case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end = any (?)
			returning id, queue, payload::text as payload_text, lease_expires_at is not null as leased,
			          has_table_privilege(to_regclass('tasuki.job_archive'), 'insert') and exists (
			            select
			              from pg_inherits as link
			              join pg_class as partition on partition.oid = link.inhrelid
			             where link.inhparent = to_regclass('tasuki.job_archive')
			               and partition.relname = 'job_archive_'
			                     || to_char(cancel_requested_at at time zone 'UTC', 'YYYYMMDD')) as archivable
			""";

	private RequestCancels() {
	}

	/**
	 * Returns how the jobs stood that were marked, in the order of their ids.
	 */
	static List<CancelRequest> run(CallersConnection connection, Collection<JobId> ids, JobFilter filter)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids.stream().mapToLong(JobId::value).toArray());
			statement.setObject(2, JobFilters.states(filter));
			return CancelRequest.read(statement).stream().sorted(Comparator.comparing(CancelRequest::id)).toList();
		}
	}

}
