package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

import io.tasuki.JobId;

/** Moves jobs that wait to the archive as cancelled. */
final class ArchiveWaitingJobs {

	// The moment is the request's own, for which the archive was found to have room.
	static final String SQL = """
			with gone as (
			  delete from tasuki.job
			   where id = any (?) and lease_expires_at is null and cancel_requested_at is not null
			  returning *)
			insert into tasuki.job_archive (
			       id, run_at, created_at, finished_at, lease_no, attempt, priority, max_attempts, crashes, progress,
			       outcome, queue, kind, payload, unique_key, label, progress_note, reason, metadata, crash_owners,
			       log_lines, errors)
			select id, run_at, created_at, cancel_requested_at, lease_no, attempt, priority, max_attempts, crashes,
			       progress, 2, queue, kind, payload, unique_key, label, progress_note, ?, metadata, crash_owners,
			       log_lines, errors
			  from gone
			""";

	private ArchiveWaitingJobs() {
	}

	static void run(CallersConnection connection, Collection<JobId> ids, String reason) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids.stream().mapToLong(JobId::value).toArray());
			statement.setString(2, reason);
			statement.executeUpdate();
		}
	}

}
