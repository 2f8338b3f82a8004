package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

import io.tasuki.JobId;
import io.tasuki.store.Circumstances.Standing;

/**
 * Counts the due jobs that come before another one in its queue and that nobody holds, up
 * to a number of jobs to look at.
 */
final class CountJobsAhead {

	// Up to another job of the same priority, and up to now in the priorities before.
	static final String SQL = """
			select count(*) filter (where waits), count(*) < ?
			  from (
			    select (front.lease_expires_at > clock_timestamp()) is not true and front.kind = any (asked.kinds) as waits
			      from (values (?::text, ?::integer, ?::timestamptz, ?::bigint, ?::text[]))
			             as asked (queue, priority, run_at, id, kinds)
			     cross join lateral generate_series(0, asked.priority) as level (priority)
			     cross join lateral (
			       select case when level.priority < asked.priority then statement_timestamp() else asked.run_at end as run_at,
			              case when level.priority < asked.priority then 9223372036854775807 else asked.id end as id
			       offset 0) as bound
			     cross join lateral (
			       select job.kind, job.lease_expires_at
			         from tasuki.job
			        where job.queue = asked.queue
			          and job.priority = level.priority
			          and (job.run_at, job.id) < (bound.run_at, bound.id)
			        order by job.run_at, job.id
			        limit ?) as front
			     limit ?) as looked_at
			""";

	private CountJobsAhead() {
	}

	/**
	 * Returns what was found.
	 * @param kinds the kinds that count
	 * @param lookAt most jobs to look at
	 */
	static Ahead run(CallersConnection connection, JobId id, Standing job, Collection<String> kinds, int lookAt)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setInt(1, lookAt);
			statement.setString(2, job.queue());
			statement.setInt(3, job.priority());
			statement.setObject(4, JobFilters.from(job.runAt()));
			statement.setLong(5, id.value());
			statement.setObject(6, kinds.toArray(String[]::new));
			statement.setInt(7, lookAt);
			statement.setInt(8, lookAt);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return new Ahead(row.getLong(1), row.getBoolean(2));
			}
		}
	}

	/**
	 * How many jobs come before.
	 *
	 * @param complete whether all of them were looked at
	 */
	record Ahead(long jobs, boolean complete) {
	}

}
