package io.tasuki.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.tasuki.store.QueueTakers;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds the queues that hold live jobs, and who takes the jobs of these and of others:
 * one probe for each queue, however many jobs it holds.
 */
final class FindQueueTakers {

	// Instances of one application look into the same queues for the same kinds, so there
	// are few groups of workers. Not sorted: to a planner that is told not to sort, every
	// sort is so dear that it would compile the statement first.
	static final String SQL = """
			with recursive step as (
			  (select queue as name, 1 as number from tasuki.job order by queue limit 1)
			  union all
			  select following.name, step.number + 1
			    from step
			   cross join lateral (
			     select job.queue as name
			       from tasuki.job
			      where job.queue > step.name
			      order by job.queue
			      limit 1) as following
			   where step.number < ?),
			     taker as (
			  select queues, kinds, count(*) as workers
			    from (
			      select queues, kinds
			        from tasuki.worker
			       where seen_at > clock_timestamp() - greatest(lease, interval '3 seconds')
			         and not draining
			       order by id
			       limit ?) as alive
			   group by queues, kinds)
			select named.name, (extract(epoch from clock_timestamp() - setting.paused_at) * 1000000)::bigint,
			       (select coalesce(sum(taker.workers), 0) from taker where named.name = any (taker.queues)),
			       array(
			         select kind
			           from taker
			          cross join lateral unnest(taker.kinds) as kind
			          where named.name = any (taker.queues))
			  from (
			    select name from step
			     union
			    select asked.name from unnest(?::text[]) as asked (name)) as named
			  left join tasuki.queue as setting on setting.name = named.name
			""";

	/** Most workers that are looked for. */
	private static final int MOST_WORKERS = 1_000;

	private final JdbcOperations jdbc;

	FindQueueTakers(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns what was found, in no order.
	 * @param queues looked for even if they hold no jobs
	 * @param most most queues to find because they hold jobs
	 */
	List<QueueTakers> run(Set<String> queues, int most) {
		return this.jdbc.query(SQL, (statement) -> {
			statement.setInt(1, most);
			statement.setInt(2, MOST_WORKERS);
			statement.setObject(3, queues.toArray(String[]::new));
		}, FindQueueTakers::read);
	}

	private static QueueTakers read(ResultSet row, int number) throws SQLException {
		Array kinds = row.getArray(4);
		return new QueueTakers(row.getString(1), Timestamps.duration(row, 2), row.getInt(3),
				Set.copyOf(Arrays.asList((String[]) kinds.getArray())));
	}

}
