package io.tasuki.postgres;

import java.util.List;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Moves jobs to the archive as cancelled whose attempts ended in another way, but which
 * somebody had asked to cancel.
 */
final class ArchiveUnwantedJobs {

	static final String SQL = """
			with held as (
			  select found.place, done.*
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[])
			           as done (id, lease_no, owner, error_type, error_message, stack_trace)
			   cross join lateral (
			     select job.ctid as place
			       from tasuki.job
			      where job.id >= done.id and job.id <= done.id
			        and job.lease_no = done.lease_no and job.lock_owner = done.owner
			        and job.cancel_requested_at is not null
			      order by job.id
			        for update skip locked) as found),
			gone as (
			  delete from tasuki.job
			   using held
			   where job.ctid = held.place
			  returning job.*, held.error_type, held.error_message, held.stack_trace),
			kept as (
			  insert into tasuki.job_archive (
			         id, run_at, created_at, finished_at, lease_no, attempt, priority, max_attempts, crashes, progress,
			         outcome, queue, kind, payload, unique_key, label, progress_note, reason, metadata, crash_owners,
			         log_lines, errors)
			  select id, run_at, created_at, now(), lease_no, attempt, priority, max_attempts, crashes, progress,
			         2, queue, kind, payload, unique_key, label, progress_note, ?, metadata, crash_owners, log_lines,
			         case
			           when error_type is null then errors
			           else case
			                  when jsonb_typeof(errors) is distinct from 'array' then '[]'
			                  when jsonb_array_length(errors) >= 100 then errors - 0
			                  else errors
			                end
			             || jsonb_build_array(jsonb_build_object('attempt', attempt, 'at', clock_timestamp(),
			                  'type', error_type, 'message', error_message, 'stackTrace', stack_trace))
			         end
			    from gone)
			select id, lease_no, lock_owner
			  from gone
			""";

	private final JdbcOperations jdbc;

	ArchiveUnwantedJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose jobs were moved.
	 */
	List<Lease> run(List<Completion> completions) {
		return this.jdbc.query(SQL, (statement) -> {
			int next = Completions.bind(statement, 1, completions);
			statement.setString(next, Outcome.Cancelled.BY_REQUEST.reason());
		}, Leases::read);
	}

}
