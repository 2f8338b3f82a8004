package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.JobFilter;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;

/** Lists live jobs that have a label by id, looking at so many at most. */
final class ListLabelledJobs {

	static final String SQL = """
			with found as materialized (
			  select *
			    from (
			      select id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at, progress,
			             null::text as reason, null::timestamptz as finished_at,
			             case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end as state
			        from tasuki.job
			       where label = ? and id > ?
			       order by label, id
			       limit ?) as looked_at
			   where state = any (?)
			     and queue = coalesce(?::text, queue)
			     and kind = coalesce(?::text, kind)
			     and label is not distinct from coalesce(?::text, label)
			     and created_at >= ? and created_at < ?
			   order by id
			   limit ?)
			select found.*, rest.looked_to
			  from (select count(*) as number from found) as counted
			  left join lateral (
			    select id as looked_to
			      from tasuki.job
			     where counted.number < ? and label = ? and id > ?
			     order by label, id
			    offset ?
			     limit 1) as rest on true
			  left join found on true
			 order by found.id
			""";

	private ListLabelledJobs() {
	}

	static JobPage<JobSummary> run(CallersConnection connection, JobFilter filter, JobPageRequest page, int lookAt)
			throws SQLException {
		long after = JobCursors.live(page.after());
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setString(1, filter.label());
			statement.setLong(2, after);
			statement.setInt(3, lookAt);
			int next = JobFilters.bind(statement, 4, filter);
			statement.setInt(next, page.size());
			statement.setInt(next + 1, page.size());
			statement.setString(next + 2, filter.label());
			statement.setLong(next + 3, after);
			statement.setInt(next + 4, lookAt - 1);
			try (ResultSet rows = statement.executeQuery()) {
				return JobSummaries.livePage(rows, page.size());
			}
		}
	}

}
