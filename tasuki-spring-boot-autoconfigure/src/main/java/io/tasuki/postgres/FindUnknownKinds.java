package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.tasuki.store.UnknownKind;

import org.springframework.jdbc.core.JdbcOperations;

/** Finds kinds of due jobs that nobody here runs, and counts their jobs. */
final class FindUnknownKinds {

	// The limit stands before the filter, or a backlog of known kinds would be read to
	// its
	// end. In front of it is what nobody takes.
	static final String SQL = """
			select queue, kind, sum(jobs), bool_or(cut),
			       (extract(epoch from now() - greatest(min(run_at), 'epoch')) * 1000000)::bigint
			  from (
			    select asked.queue, due.kind, min(due.run_at) filter (where due.waits) as run_at,
			           count(*) filter (where due.waits) as jobs,
			           sum(count(*)) over (partition by asked.queue, level.priority) >= max(asked.look_at) as cut
			      from unnest(?::text[]) as named (queue)
			     cross join lateral (select named.queue, ?::integer as look_at) as asked
			     cross join generate_series(0, 9) as level (priority)
			     cross join lateral (
			       select job.kind, job.run_at, (job.lease_expires_at < now()) is not false as waits
			         from tasuki.job
			        where job.queue = asked.queue
			          and job.priority = level.priority
			          and job.run_at <= now()
			        order by job.run_at, job.id
			        limit asked.look_at) as due
			     group by asked.queue, level.priority, due.kind) as counted
			 where jobs > 0
			   and kind <> all (?::text[])
			 group by queue, kind
			 order by queue, kind
			""";

	private final JdbcOperations jdbc;

	FindUnknownKinds(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns what was found.
	 * @param lookAt most jobs to look at, for each queue and priority
	 */
	List<UnknownKind> run(Set<String> queues, Set<String> kinds, int lookAt) {
		return this.jdbc.query(SQL, (statement) -> {
			statement.setObject(1, queues.toArray(String[]::new));
			statement.setInt(2, lookAt);
			statement.setObject(3, kinds.toArray(String[]::new));
		}, FindUnknownKinds::read);
	}

	private static UnknownKind read(ResultSet row, int number) throws SQLException {
		Duration dueFor = Objects.requireNonNull(Timestamps.duration(row, 5));
		return new UnknownKind(row.getString(1), row.getString(2), row.getLong(3), row.getBoolean(4), dueFor);
	}

}
