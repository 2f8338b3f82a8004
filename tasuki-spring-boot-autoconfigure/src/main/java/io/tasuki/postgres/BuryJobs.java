package io.tasuki.postgres;

import java.util.List;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Moves jobs that gave up to the dead letters. Passes over those that somebody has asked
 * to cancel.
 */
final class BuryJobs {

	// "do nothing": a letter of that id, put there by hand, must not stop the group.
	static final String SQL = """
			with held as (
			  select found.place, done.*
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[])
			           as done (id, lease_no, owner, error_type, error_message, stack_trace, reason, applied_limit)
			   cross join lateral (
			     select job.ctid as place
			       from tasuki.job
			      where job.id >= done.id and job.id <= done.id
			        and job.lease_no = done.lease_no and job.lock_owner = done.owner
			        and job.cancel_requested_at is null
			      order by job.id
			        for update skip locked) as found),
			gone as (
			  delete from tasuki.job
			   using held
			   where job.ctid = held.place
			  returning job.*, held.error_type, held.error_message, held.stack_trace, held.reason, held.applied_limit),
			kept as (
			  insert into tasuki.job_dead (
			         id, run_at, created_at, died_at, lease_no, attempt, priority, max_attempts, crashes, progress,
			         queue, kind, payload, unique_key, label, progress_note, reason, metadata, crash_owners, log_lines,
			         errors)
			  select id, run_at, created_at, now(), lease_no, attempt, priority, least(applied_limit, 32767), crashes,
			         progress, queue, kind, payload, unique_key, label, progress_note, reason, metadata,
			         crash_owners, log_lines,
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
			    from gone
			  on conflict (id) do nothing)
			select id, lease_no, lock_owner
			  from gone
			""";

	private final JdbcOperations jdbc;

	BuryJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose jobs were moved.
	 */
	List<Lease> run(List<Completion> completions) {
		List<Outcome.Dead> outcomes = completions.stream()
			.map(Completion::outcome)
			.map(Outcome.Dead.class::cast)
			.toList();
		return this.jdbc.query(SQL, (statement) -> {
			int next = Completions.bind(statement, 1, completions);
			statement.setObject(next,
					outcomes.stream().map(Outcome.Dead::reason).map(Texts::storable).toArray(String[]::new));
			statement.setObject(next + 1, outcomes.stream().mapToInt(Outcome.Dead::maxAttempts).toArray());
		}, Leases::read);
	}

}
