package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.JobFilter;
import io.tasuki.JobSummary;
import org.jspecify.annotations.Nullable;

/**
 * Lists jobs of the archive that lie in some blocks of one partition, the last one first:
 * rows of the archive never move, and are written one behind the other as jobs finish.
 */
final class ListArchivedJobs {

	static final String SQL = """
			select *
			  from (
			    select ctid as place, id, kind, queue, label, unique_key, priority, attempt, max_attempts, run_at, created_at,
			           progress, reason, finished_at,
			           case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end as state
			      from tasuki.job_archive
			     where finished_at >= ? and finished_at < ?
			       and ctid >= ?::text::tid and ctid < ?::text::tid) as looked_at
			 where state = any (?)
			   and queue = coalesce(?::text, queue)
			   and kind = coalesce(?::text, kind)
			   and label is not distinct from coalesce(?::text, label)
			   and created_at >= ? and created_at < ?
			 order by place desc
			 limit ?
			""";

	private ListArchivedJobs() {
	}

	/**
	 * Returns the last so many jobs from one place up to another of the same day.
	 */
	static List<Found> run(CallersConnection connection, JobFilter filter, ArchivePlace from, ArchivePlace to,
			int limit) throws SQLException {
		LocalDate day = to.day();
		Instant dayBegins = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		Instant dayEnds = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, JobFilters.from(later(dayBegins, filter.finishedFrom())));
			statement.setObject(2, JobFilters.before(earlier(dayEnds, filter.finishedBefore())));
			statement.setString(3, from.tid());
			statement.setString(4, to.tid());
			int next = JobFilters.bind(statement, 5, filter);
			statement.setInt(next, limit);
			try (ResultSet rows = statement.executeQuery()) {
				List<Found> found = new ArrayList<>();
				while (rows.next()) {
					found.add(new Found(JobSummaries.read(rows), ArchivePlace.of(day, rows.getString("place"))));
				}
				return found;
			}
		}
	}

	private static Instant later(Instant one, @Nullable Instant other) {
		return (other != null && other.isAfter(one)) ? other : one;
	}

	private static Instant earlier(Instant one, @Nullable Instant other) {
		return (other != null && other.isBefore(one)) ? other : one;
	}

	/**
	 * A job and where it lies.
	 */
	record Found(JobSummary job, ArchivePlace place) {
	}

}
