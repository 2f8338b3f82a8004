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

	// Nothing is read of many, but their part of the index.
	static final String SQL = """
			with crowd as materialized (
			  select exists (
			    select
			      from tasuki.job_dead
			     where label = ?
			     order by label, id
			    offset ?
			     limit 1) as many)
			select crowd.many, found.*
			  from crowd
			  left join lateral (
			    select *
			      from (
			        select id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at,
			               progress, reason, died_at as finished_at, 'DEAD' as state
			          from tasuki.job_dead
			         where not crowd.many
			           and label = ?
			         order by label, id
			         limit ?) as few
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
			statement.setInt(2, few);
			statement.setString(3, filter.label());
			statement.setInt(4, few);
			statement.setObject(5, before.moment());
			statement.setLong(6, before.id());
			statement.setObject(7, JobFilters.from(filter.finishedFrom()));
			int next = JobFilters.bind(statement, 8, filter);
			statement.setInt(next, page.size());
			try (ResultSet rows = statement.executeQuery()) {
				return JobSummaries.pageOfFew(rows, page.size(), JobCursors::dead);
			}
		}
	}

}
