package io.tasuki.postgres;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Finds how long it is until the next job of each queue becomes due. */
final class FindNextDue {

	// One probe per queue and priority, so the time does not grow with the rows.
	static final String SQL = """
			select asked.queue, (extract(epoch from next.run_at - clock_timestamp()) * 1000000)::bigint
			  from unnest(?::text[]) as asked (queue)
			 cross join lateral (
			   select min(ahead.run_at) as run_at
			     from generate_series(0, 9) as level (priority)
			    cross join lateral (
			      select job.run_at
			        from tasuki.job
			       where job.queue = asked.queue
			         and job.priority = level.priority
			         and job.run_at > now()
			         and job.run_at < 'infinity'
			       order by job.run_at
			       limit 1) as ahead) as next
			 where next.run_at is not null
			""";

	private final JdbcOperations jdbc;

	FindNextDue(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	Map<String, Duration> run(Set<String> queues) {
		Map<String, Duration> next = new HashMap<>();
		this.jdbc.query(SQL, (statement) -> statement.setObject(1, queues.toArray(String[]::new)),
				(RowCallbackHandler) (row) -> next.put(row.getString(1), Timestamps.duration(row, 2)));
		return next;
	}

}
