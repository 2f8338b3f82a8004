package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Makes jobs available again: retries, snoozes and what a stopping worker hands back.
 * Passes over those that somebody has asked to cancel.
 */
final class ReturnJobs {

	// Without a delay or a moment the job goes back to its old place. lease_no stays: the
	// lease of the next claim must differ from every lease there was. A crash charged at
	// the start of what is handed back goes with the owner it was put down to.
	static final String SQL = """
			with held as (
			  select found.place, done.*
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[],
			                ?::bigint[], ?::timestamptz[], ?::integer[], ?::integer[])
			           as done (id, lease_no, owner, error_type, error_message, stack_trace,
			                    delay, retry_at, attempts_used, crashes_left)
			   cross join lateral (
			     select job.ctid as place
			       from tasuki.job
			      where job.id >= done.id and job.id <= done.id
			        and job.lease_no = done.lease_no and job.lock_owner = done.owner
			        and job.cancel_requested_at is null
			      order by job.id
			        for update skip locked) as found)
			update tasuki.job
			   set run_at = case
			         when held.delay is not null then clock_timestamp() + held.delay * interval '1 microsecond'
			         when held.retry_at is not null then greatest(held.retry_at, clock_timestamp())
			         else job.run_at
			       end,
			       attempt = greatest(job.attempt - 1 + held.attempts_used, 0),
			       crashes = least(held.crashes_left, 32767),
			       crash_owners = case
			         when held.crashes_left = 0 then null
			         else job.crash_owners[1:cardinality(job.crash_owners) - (job.crashes - held.crashes_left)]
			       end,
			       lease_expires_at = null,
			       lock_owner = null,
			       errors = case
			         when held.error_type is null then job.errors
			         else case
			                when jsonb_typeof(job.errors) is distinct from 'array' then '[]'
			                when jsonb_array_length(job.errors) >= 100 then job.errors - 0
			                else job.errors
			              end
			           || jsonb_build_array(jsonb_build_object('attempt', job.attempt, 'at', clock_timestamp(),
			                'type', held.error_type, 'message', held.error_message, 'stackTrace', held.stack_trace))
			       end
			  from held
			 where job.ctid = held.place
			returning job.id, job.lease_no, held.owner, job.run_at,
			          (extract(epoch from greatest(job.run_at - clock_timestamp(), interval '0')) * 1000000)::bigint
			""";

	private final JdbcOperations jdbc;

	ReturnJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns where the jobs that are available again stand.
	 */
	Map<Lease, Returned> run(List<Completion> completions) {
		List<Change> changes = completions.stream().map(Change::of).toList();
		Map<Lease, Returned> returned = new HashMap<>();
		this.jdbc.query(SQL, (statement) -> {
			int next = Completions.bind(statement, 1, completions);
			statement.setObject(next, changes.stream().map(Change::delayMicros).toArray(Long[]::new));
			statement.setArray(next + 1, Timestamps.array(statement, changes.stream().map(Change::runAt)));
			statement.setObject(next + 2, changes.stream().mapToInt(Change::attemptsUsed).toArray());
			statement.setObject(next + 3, changes.stream().mapToInt(Change::crashes).toArray());
		}, (RowCallbackHandler) (row) -> returned.put(Leases.read(row, row.getRow()), read(row)));
		return returned;
	}

	private static Returned read(ResultSet row) throws SQLException {
		Duration dueIn = Timestamps.duration(row, 5);
		return new Returned(new Position(Timestamps.instant(row, 4), row.getLong(1)),
				(dueIn != null) ? dueIn : Duration.ZERO);
	}

	/**
	 * What an outcome changes on a row.
	 */
	private record Change(@Nullable Duration delay, @Nullable Instant runAt, int attemptsUsed, int crashes) {

		static Change of(Completion completion) {
			if (completion.outcome() instanceof Outcome.Retry retry) {
				return new Change(retry.delay(), retry.runAt(), 1, 0);
			}
			if (completion.outcome() instanceof Outcome.Snoozed snoozed) {
				return new Change(snoozed.delay(), null, 0, 0);
			}
			if (completion.outcome() instanceof Outcome.HandedBack handedBack) {
				return new Change(handedBack.delay(), null, 0, handedBack.crashes());
			}
			throw new IllegalArgumentException("Does not make a job available again: " + completion.outcome());
		}

		@Nullable Long delayMicros() {
			return (this.delay != null) ? Timestamps.micros(this.delay) : null;
		}

	}

}
