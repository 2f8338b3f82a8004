package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

import io.tasuki.JobFilter;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;
import io.tasuki.store.Position;

/** Lists dead letters, latest first, looking at so many at most. */
final class ListDeadJobs {

	static final String SQL = """
			with found as materialized (
			  select *
			    from (
			      select id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at, progress,
			             reason, died_at as finished_at, 'DEAD' as state
			        from tasuki.job_dead
			       where (died_at, id) < (?, ?) and died_at >= ?
			       order by died_at desc, id desc
			       limit ?) as looked_at
			   where state = any (?)
			     and queue = coalesce(?::text, queue)
			     and kind = coalesce(?::text, kind)
			     and label is not distinct from coalesce(?::text, label)
			     and created_at >= ? and created_at < ?
			   order by finished_at desc, id desc
			   limit ?)
			select found.*, rest.looked_to_moment, rest.looked_to
			  from (select count(*) as number from found) as counted
			  left join lateral (
			    select died_at as looked_to_moment, id as looked_to
			      from tasuki.job_dead
			     where counted.number < ? and (died_at, id) < (?, ?) and died_at >= ?
			     order by died_at desc, id desc
			    offset ?
			     limit 1) as rest on true
			  left join found on true
			 order by found.finished_at desc, found.id desc
			""";

	private ListDeadJobs() {
	}

	static JobPage<JobSummary> run(CallersConnection connection, JobFilter filter, JobPageRequest page, int lookAt)
			throws SQLException {
		Before before = Before.of(filter, page);
		OffsetDateTime from = JobFilters.from(filter.finishedFrom());
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, before.moment());
			statement.setLong(2, before.id());
			statement.setObject(3, from);
			statement.setInt(4, lookAt);
			int next = JobFilters.bind(statement, 5, filter);
			statement.setInt(next, page.size());
			statement.setInt(next + 1, page.size());
			statement.setObject(next + 2, before.moment());
			statement.setLong(next + 3, before.id());
			statement.setObject(next + 4, from);
			statement.setInt(next + 5, lookAt - 1);
			try (ResultSet rows = statement.executeQuery()) {
				return JobSummaries.deadPage(rows, page.size());
			}
		}
	}

	/**
	 * The place before which a page is: behind the page before it, or where the filter
	 * begins.
	 */
	record Before(OffsetDateTime moment, long id) {

		static Before of(JobFilter filter, JobPageRequest page) {
			OffsetDateTime bound = JobFilters.before(filter.finishedBefore());
			Position after = JobCursors.dead(page.after());
			if (after != null && !JobFilters.before(after.runAt()).isAfter(bound)) {
				return new Before(JobFilters.before(after.runAt()), after.id());
			}
			return new Before(bound, 0);
		}

	}

}
