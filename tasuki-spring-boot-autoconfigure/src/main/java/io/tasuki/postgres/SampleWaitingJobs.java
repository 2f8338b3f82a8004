package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.tasuki.Job;
import io.tasuki.JobId;

import org.springframework.jdbc.core.JdbcOperations;

/** Reads the first jobs of each kind that wait. */
final class SampleWaitingJobs {

	// The limit stands before the filter, or a backlog of other kinds would be read to
	// its end. Payloads are read last, by a range of one id, which only the primary key
	// serves.
	static final String SQL = """
			select job.*
			  from (
			    select first.id, row_number() over (partition by first.kind order by first.run_at, first.id) as n
			      from unnest(?::text[]) as named (queue)
			     cross join lateral (select named.queue, ?::integer as look_at) as asked
			     cross join generate_series(0, 9) as level (priority)
			     cross join lateral (
			       select job.id, job.kind, job.run_at, (job.lease_expires_at < now()) is not false as waits
			         from tasuki.job
			        where job.queue = asked.queue
			          and job.priority = level.priority
			        order by job.run_at, job.id
			        limit asked.look_at) as first
			     where first.kind = any (?::text[])
			       and first.waits) as sampled
			 cross join lateral (
			   select id, kind, queue, payload::text, priority, attempt, max_attempts, run_at, created_at, label,
			          array(select unnest(array[pair.key, pair.value]) from jsonb_each_text(metadata) as pair)
			     from tasuki.job
			    where job.id >= sampled.id and job.id <= sampled.id
			    order by job.id
			    limit 1) as job
			 where sampled.n <= ?
			 order by job.id
			""";

	private final JdbcOperations jdbc;

	SampleWaitingJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns what was found.
	 * @param lookAt most jobs to look at, for each queue and priority
	 */
	List<Job> run(Set<String> queues, Set<String> kinds, int perKind, int lookAt) {
		return this.jdbc.query(SQL, (statement) -> {
			statement.setObject(1, queues.toArray(String[]::new));
			statement.setInt(2, lookAt);
			statement.setObject(3, kinds.toArray(String[]::new));
			statement.setInt(4, perKind);
		}, SampleWaitingJobs::read);
	}

	private static Job read(ResultSet row, int number) throws SQLException {
		return new Job(new JobId(row.getLong(1)), row.getString(2), row.getString(3), row.getString(4), row.getInt(5),
				row.getInt(6), row.getObject(7, Integer.class), Timestamps.instant(row, 8), Timestamps.instant(row, 9),
				row.getString(10), Metadata.read(row, 11));
	}

}
