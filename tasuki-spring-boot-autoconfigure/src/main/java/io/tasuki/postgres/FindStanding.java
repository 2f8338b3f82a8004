package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

import io.tasuki.AttemptError;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.store.Circumstances;
import io.tasuki.store.Circumstances.Standing;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a job's own row says of why it does not run, who holds it, and how its queue
 * is set.
 */
final class FindStanding {

	// The archive is asked last, and not at all for a live job.
	static final String SQL = """
			select clock_timestamp() as as_of, job.*, owner.worker as holder, owner.worker_id, setting.paused_at,
			       setting.concurrency, (job.last_error->>'attempt')::integer as error_attempt,
			       (job.last_error->>'at')::timestamptz as error_at, job.last_error->>'type' as error_type,
			       job.last_error->>'message' as error_message, job.last_error->>'stackTrace' as error_stack_trace
			  from (select) as always
			  left join (
			    (select queue, kind, priority, run_at, attempt, max_attempts, lease_expires_at, lock_owner, cancel_requested_at,
			            errors->-1 as last_error, null::timestamptz as finished_at, null as reason,
			            case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end as state
			       from tasuki.job
			      where id = ?)
			    union all
			    (select queue, kind, priority, run_at, attempt, max_attempts, null, null, null, errors->-1, died_at, reason, 'DEAD'
			       from tasuki.job_dead
			      where id = ?)
			    union all
			    (select queue, kind, priority, run_at, attempt, max_attempts, null, null, null, errors->-1, finished_at, reason,
			            case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end
			       from tasuki.job_archive
			      where id = ?)
			     limit 1) as job on true
			  left join tasuki.owner on owner.id = job.lock_owner
			  left join tasuki.queue as setting on setting.name = job.queue
			""";

	private FindStanding() {
	}

	static Circumstances run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			statement.setLong(2, id.value());
			statement.setLong(3, id.value());
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return Circumstances.of(moment(row, "as_of"), (row.getString("state") != null) ? standing(row) : null);
			}
		}
	}

	private static Standing standing(ResultSet row) throws SQLException {
		return new Standing(row.getString("queue"), row.getString("kind"), JobState.valueOf(row.getString("state")),
				row.getInt("priority"), moment(row, "run_at"), row.getInt("attempt"),
				row.getObject("max_attempts", Integer.class), nullableMoment(row, "lease_expires_at"), holder(row),
				row.getObject("worker_id", Long.class), nullableMoment(row, "cancel_requested_at"), lastError(row),
				nullableMoment(row, "finished_at"), row.getString("reason"), nullableMoment(row, "paused_at"),
				row.getObject("concurrency", Integer.class));
	}

	private static @Nullable WorkerName holder(ResultSet row) throws SQLException {
		String holder = row.getString("holder");
		return (holder != null) ? new WorkerName(holder) : null;
	}

	private static @Nullable AttemptError lastError(ResultSet row) throws SQLException {
		if (row.getString("error_type") == null) {
			return null;
		}
		return new AttemptError(row.getInt("error_attempt"), moment(row, "error_at"), row.getString("error_type"),
				Objects.requireNonNullElse(row.getString("error_message"), ""), row.getString("error_stack_trace"));
	}

	private static Instant moment(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static @Nullable Instant nullableMoment(ResultSet row, String column) throws SQLException {
		return JobSummaries.nullableMoment(row, column);
	}

}
