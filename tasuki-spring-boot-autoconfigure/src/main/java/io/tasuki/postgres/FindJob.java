package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.tasuki.AttemptError;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.LogLine;
import org.jspecify.annotations.Nullable;

/** Finds a job among the live, the archived and the dead: one row per failed attempt. */
final class FindJob {

	static final String SQL = """
			with found as (
			  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
			         progress_note, label, metadata, errors, log_lines, null::jsonb as result, null as reason, null::timestamptz as finished_at,
			         case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end as state
			    from tasuki.job
			   where id = ?
			  union all
			  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
			         progress_note, label, metadata, errors, log_lines, null, reason, died_at, 'DEAD'
			    from tasuki.job_dead
			   where id = ?
			  union all
			  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
			         progress_note, label, metadata, errors, log_lines, result, reason, finished_at, case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end
			    from tasuki.job_archive
			   where id = ?)
			select found.*, found.payload::text as payload_text, found.result::text as result_text,
			       array(select unnest(array[pair.key, pair.value]) from jsonb_each_text(found.metadata) as pair)
			         as metadata_entries,
			       case
			         when coalesce(error.n, 1) = 1
			           then array(select unnest(array[line->>'attempt', line->>'at', line->>'text'])
			                        from jsonb_array_elements(found.log_lines) as given (line))
			       end as log_line_values,
			       (error.entry->>'attempt')::integer as error_attempt, (error.entry->>'at')::timestamptz as error_at,
			       error.entry->>'type' as error_type, error.entry->>'message' as error_message,
			       error.entry->>'stackTrace' as error_stack_trace
			  from found
			  left join lateral jsonb_array_elements(found.errors) with ordinality as error (entry, n) on true
			 order by error.n
			""";

	private FindJob() {
	}

	static Optional<FoundJob> run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			statement.setLong(2, id.value());
			statement.setLong(3, id.value());
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? Optional.of(foundJob(rows)) : Optional.empty();
			}
		}
	}

	private static FoundJob foundJob(ResultSet rows) throws SQLException {
		Job job = new Job(new JobId(rows.getLong("id")), rows.getString("kind"), rows.getString("queue"),
				rows.getString("payload_text"), rows.getInt("priority"), rows.getInt("attempt"),
				rows.getObject("max_attempts", Integer.class),
				rows.getObject("run_at", OffsetDateTime.class).toInstant(),
				rows.getObject("created_at", OffsetDateTime.class).toInstant(), rows.getString("label"),
				Metadata.read(rows, rows.findColumn("metadata_entries")));
		JobState state = JobState.valueOf(rows.getString("state"));
		Integer progress = rows.getObject("progress", Integer.class);
		String progressNote = rows.getString("progress_note");
		String reason = rows.getString("reason");
		Instant finishedAt = instant(rows.getObject("finished_at", OffsetDateTime.class));
		String result = rows.getString("result_text");
		List<LogLine> logLines = LogLines.read(rows, rows.findColumn("log_line_values"));
		return new FoundJob(job, state, progress, progressNote, errors(rows), logLines, result, reason, finishedAt);
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
		return (moment != null) ? moment.toInstant() : null;
	}

	private static List<AttemptError> errors(ResultSet rows) throws SQLException {
		List<AttemptError> errors = new ArrayList<>();
		do {
			if (rows.getString("error_type") != null) {
				errors.add(new AttemptError(rows.getInt("error_attempt"),
						rows.getObject("error_at", OffsetDateTime.class).toInstant(), rows.getString("error_type"),
						rows.getString("error_message"), rows.getString("error_stack_trace")));
			}
		}
		while (rows.next());
		return errors;
	}

}
