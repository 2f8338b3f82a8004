package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/** Finds how long it is until the next job of some queues becomes due. */
final class FindNextDue {

	// One probe per queue and priority, so the time does not grow with the rows.
	static final String SQL = """
			select (extract(epoch from min(ahead.run_at) - clock_timestamp()) * 1000000)::bigint
			  from unnest(?::text[]) as asked (queue)
			 cross join generate_series(0, 9) as level (priority)
			 cross join lateral (
			   select job.run_at
			     from tasuki.job
			    where job.queue = asked.queue
			      and job.priority = level.priority
			      and job.run_at > now()
			    order by job.run_at
			    limit 1) as ahead
			""";

	private final JdbcOperations jdbc;

	FindNextDue(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	Optional<Duration> run(Set<String> queues) {
		List<@Nullable Duration> found = this.jdbc.query(SQL,
				(statement) -> statement.setObject(1, queues.toArray(String[]::new)),
				(row, number) -> Timestamps.duration(row, 1));
		Duration next = found.get(0);
		return Optional.ofNullable(next);
	}

}
