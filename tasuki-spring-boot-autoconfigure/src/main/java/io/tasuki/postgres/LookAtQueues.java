package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tasuki.store.Outlook;
import io.tasuki.store.QueueLimit;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Finds where jobs are due, how long it is until the next others become so, and how the
 * queues were set at run time.
 */
final class LookAtQueues {

	// One or two probes per queue and priority, so the time does not grow with the rows.
	// Settings travel along: no other statement asks for them.
	static final String SQL = """
			select asked.queue, outlook.due,
			       (extract(epoch from outlook.next_due - clock_timestamp()) * 1000000)::bigint,
			       setting.paused_at is not null, setting.concurrency
			  from unnest(?::text[]) as asked (queue)
			 cross join lateral (
			   select bool_or(front.run_at <= now()) as due,
			          min(case when front.run_at > now() then front.run_at else ahead.run_at end) as next_due
			     from generate_series(0, 9) as level (priority)
			    cross join lateral (
			      select job.run_at
			        from tasuki.job
			       where job.queue = asked.queue
			         and job.priority = level.priority
			         and job.run_at < 'infinity'
			       order by job.run_at
			       limit 1) as front
			     left join lateral (
			      select job.run_at
			        from tasuki.job
			       where front.run_at <= now()
			         and job.queue = asked.queue
			         and job.priority = level.priority
			         and job.run_at > now()
			         and job.run_at < 'infinity'
			       order by job.run_at
			       limit 1) as ahead on true) as outlook
			  left join tasuki.queue as setting
			    on setting.name = asked.queue
			   and (setting.paused_at is not null or setting.concurrency is not null)
			 where outlook.due is not null or setting.name is not null
			""";

	private final JdbcOperations jdbc;

	LookAtQueues(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	Map<String, Outlook> run(Set<String> queues) {
		Map<String, Outlook> outlooks = new HashMap<>();
		queues.forEach((queue) -> outlooks.put(queue, Outlook.NOTHING));
		this.jdbc.query(SQL, (statement) -> statement.setObject(1, queues.toArray(String[]::new)),
				(RowCallbackHandler) (row) -> outlooks.put(row.getString(1), read(row)));
		return outlooks;
	}

	private static Outlook read(ResultSet row) throws SQLException {
		return new Outlook(row.getBoolean(2), Optional.ofNullable(Timestamps.duration(row, 3)),
				new QueueLimit(row.getBoolean(4), row.getObject(5, Integer.class)));
	}

}
