package io.tasuki.postgres;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/** Moves succeeded and cancelled jobs from the live table to the archive. */
final class ArchiveCompletedJobs {

	static final int SUCCEEDED = 1;

	static final int CANCELLED = 2;

	static final String SQL = """
			with gone as (
			  delete from tasuki.job
			   using unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::smallint[], ?::text[])
			           as done (id, lease_no, owner, error_type, error_message, stack_trace, outcome, reason)
			   where job.id = done.id and job.lease_no = done.lease_no and job.lock_owner = done.owner
			  returning job.*, done.error_type, done.error_message, done.stack_trace, done.outcome, done.reason),
			kept as (
			  insert into tasuki.job_archive (
			         id, run_at, created_at, finished_at, lease_no, attempt, priority, max_attempts, crashes, progress,
			         outcome, queue, kind, payload, unique_key, label, progress_note, reason, metadata, errors)
			  select id, run_at, created_at, now(), lease_no, attempt, priority, max_attempts, crashes, progress,
			         outcome, queue, kind, payload, unique_key, label, progress_note, reason, metadata,
			         case
			           when error_type is null then errors
			           else case when jsonb_array_length(errors) >= 100 then errors - 0 else coalesce(errors, '[]') end
			             || jsonb_build_array(jsonb_build_object('attempt', attempt, 'at', clock_timestamp(),
			                  'type', error_type, 'message', error_message, 'stackTrace', stack_trace))
			         end
			    from gone)
			select id, lease_no, lock_owner
			  from gone
			""";

	private final JdbcOperations jdbc;

	ArchiveCompletedJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose jobs were moved.
	 */
	Set<Lease> run(List<Completion> completions) {
		return new HashSet<>(this.jdbc.query(SQL, (statement) -> {
			int next = Completions.bind(statement, 1, completions);
			statement.setObject(next, completions.stream().mapToInt(ArchiveCompletedJobs::outcome).toArray());
			statement.setObject(next + 1,
					completions.stream().map(ArchiveCompletedJobs::reason).map(Texts::storable).toArray(String[]::new));
		}, Leases::read));
	}

	private static int outcome(Completion completion) {
		return (completion.outcome() instanceof Outcome.Cancelled) ? CANCELLED : SUCCEEDED;
	}

	private static @Nullable String reason(Completion completion) {
		return (completion.outcome() instanceof Outcome.Cancelled cancelled) ? cancelled.reason() : null;
	}

}
