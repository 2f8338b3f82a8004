package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import io.tasuki.store.QueueDepth;

import org.springframework.jdbc.core.JdbcOperations;

/** Counts the jobs of queues, and finds how long the first of them has been due. */
final class MeasureQueues {

	// Each priority has a limit of its own, or a backlog of urgent jobs would hide the
	// others.
	static final String SQL = """
			with latest as (
			  select queue
			    from tasuki.job_dead
			   order by died_at desc, id desc
			   limit ?),
			dead as (
			  select queue, count(*) as jobs
			    from latest
			   group by queue),
			live as (
			  select asked.queue, sum(counted.due) as due, sum(counted.scheduled) as scheduled,
			         sum(counted.running) as running, bool_or(counted.cut) as cut, min(counted.oldest) as oldest
			    from unnest(?::text[]) as named (queue)
			   cross join lateral (select named.queue, ?::integer as look_at) as asked
			   cross join generate_series(0, 9) as level (priority)
			   cross join lateral (
			     select count(*) filter (where not running and run_at <= now()) as due,
			            count(*) filter (where not running and run_at > now()) as scheduled,
			            count(*) filter (where running) as running,
			            count(*) >= asked.look_at as cut,
			            min(greatest(run_at, 'epoch')) filter (where not running and run_at <= now()) as oldest
			       from (
			         select job.run_at, coalesce(job.lease_expires_at > now(), false) as running
			           from tasuki.job
			          where job.queue = asked.queue
			            and job.priority = level.priority
			          order by job.run_at, job.id
			          limit asked.look_at) as looked_at) as counted
			   group by asked.queue)
			select live.queue, live.due, live.scheduled, live.running, coalesce(dead.jobs, 0),
			       not (live.cut or (select count(*) >= ? from latest)),
			       (extract(epoch from now() - live.oldest) * 1000000)::bigint
			  from live
			  left join dead on dead.queue = live.queue
			 order by live.queue
			""";

	/** Most dead letters that are looked at. */
	static final int MOST_DEAD = 10_000;

	private final JdbcOperations jdbc;

	MeasureQueues(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns what was counted.
	 * @param lookAt most jobs to look at, for each queue and priority
	 */
	List<QueueDepth> run(Set<String> queues, int lookAt) {
		return this.jdbc.query(SQL, (statement) -> {
			statement.setInt(1, MOST_DEAD);
			statement.setObject(2, queues.toArray(String[]::new));
			statement.setInt(3, lookAt);
			statement.setInt(4, MOST_DEAD);
		}, MeasureQueues::read);
	}

	private static QueueDepth read(ResultSet row, int number) throws SQLException {
		return new QueueDepth(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5),
				row.getBoolean(6), Timestamps.duration(row, 7));
	}

}
