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
 * Lists the dead letters that have a label, latest first, if there are few: among many
 * others these would be hard to find by when they died alone.
 */
final class ListLabelledDeadJobs {

	static final String SQL = """
			with few as materialized (
			  select id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at, progress,
			         reason, died_at as finished_at, 'DEAD' as state
			    from tasuki.job_dead
			   where label = ?
			   order by label, id
			   limit ?)
			select counted.number > ? as many, found.*
			  from (select count(*) as number from few) as counted
			  left join (
			    select *
			      from few
			     where (finished_at, id) < (?, ?) and finished_at >= ?
			       and state = any (?)
			       and queue = coalesce(?::text, queue)
			       and kind = coalesce(?::text, kind)
			       and label is not distinct from coalesce(?::text, label)
			       and created_at >= ? and created_at < ?
			     order by finished_at desc, id desc
			     limit ?) as found on true
			 order by found.finished_at desc, found.id desc
			""";

	private ListLabelledDeadJobs() {
	}

	/**
	 * Returns a page of them; {@code null} if there are more than so many.
	 */
	static @Nullable JobPage<JobSummary> run(CallersConnection connection, JobFilter filter, JobPageRequest page,
			int few) throws SQLException {
		ListDeadJobs.Before before = ListDeadJobs.Before.of(filter, page);
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setString(1, filter.label());
			statement.setInt(2, few + 1);
			statement.setInt(3, few);
			statement.setObject(4, before.moment());
			statement.setLong(5, before.id());
			statement.setObject(6, JobFilters.from(filter.finishedFrom()));
			int next = JobFilters.bind(statement, 7, filter);
			statement.setInt(next, page.size());
			try (ResultSet rows = statement.executeQuery()) {
				return JobSummaries.pageOfFew(rows, page.size(), JobCursors::dead);
			}
		}
	}

}
