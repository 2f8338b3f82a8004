package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.JobFilter;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;
import org.jspecify.annotations.Nullable;

/**
 * Lists the live jobs of a queue by id, if it holds few: among many jobs of others these
 * would be hard to find by their ids alone.
 */
final class ListQueueJobs {

	// Nothing is read of a queue that holds many, but its part of the index.
	static final String SQL = """
			with crowd as materialized (
			  select exists (
			    select
			      from tasuki.job
			     where queue = ?
			     order by priority, run_at, id
			    offset ?
			     limit 1) as many)
			select crowd.many, found.*
			  from crowd
			  left join lateral (
			    select *
			      from (
			        select id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at,
			               progress, null::text as reason, null::timestamptz as finished_at,
			               case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end as state
			          from tasuki.job
			         where not crowd.many
			           and queue = ?
			         order by priority, run_at, id
			         limit ?) as few
			     where id > ?
			       and state = any (?)
			       and queue = coalesce(?::text, queue)
			       and kind = coalesce(?::text, kind)
			       and label is not distinct from coalesce(?::text, label)
			       and created_at >= ? and created_at < ?
			     order by id
			     limit ?) as found on true
			 order by found.id
			""";

	private ListQueueJobs() {
	}

	/**
	 * Returns a page of them; {@code null} if the queue holds more than so many.
	 */
	static @Nullable JobPage<JobSummary> run(CallersConnection connection, JobFilter filter, JobPageRequest page,
			int few) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setString(1, filter.queue());
			statement.setInt(2, few);
			statement.setString(3, filter.queue());
			statement.setInt(4, few);
			statement.setLong(5, JobCursors.live(page.after()));
			int next = JobFilters.bind(statement, 6, filter);
			statement.setInt(next, page.size());
			try (ResultSet rows = statement.executeQuery()) {
				return JobSummaries.pageOfFew(rows, page.size(), JobCursors::live);
			}
		}
	}

}
