package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.tasuki.JobId;
import io.tasuki.JobPage;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of listings, each with a job or without one where there is none to go
 * with what else the row says.
 */
final class JobSummaries {

	private JobSummaries() {
	}

	/**
	 * Reads a page of live jobs, or as many as were found and how far was looked.
	 */
	static JobPage<JobSummary> livePage(ResultSet rows, int size) throws SQLException {
		return page(rows, size, JobCursors::live, (row) -> {
			Long id = row.getObject("looked_to", Long.class);
			return (id != null) ? JobCursors.live(id) : null;
		});
	}

	/**
	 * Reads a page of dead letters, or as many as were found and how far was looked.
	 */
	static JobPage<JobSummary> deadPage(ResultSet rows, int size) throws SQLException {
		return page(rows, size, JobCursors::dead, (row) -> {
			Instant moment = nullableMoment(row, "looked_to_moment");
			return (moment != null) ? JobCursors.dead(new Position(moment, row.getLong("looked_to"))) : null;
		});
	}

	private static JobPage<JobSummary> page(ResultSet rows, int size, Function<JobSummary, String> cursorOf,
			LookedTo lookedTo) throws SQLException {
		List<JobSummary> jobs = new ArrayList<>();
		String rest = null;
		while (rows.next()) {
			rest = lookedTo.read(rows);
			addJob(rows, jobs);
		}
		return new JobPage<>(jobs, (jobs.size() == size) ? cursorOf.apply(jobs.get(size - 1)) : rest);
	}

	/**
	 * Reads a page of few jobs; {@code null} if the rows say that there are many.
	 */
	static @Nullable JobPage<JobSummary> pageOfFew(ResultSet rows, int size, Function<JobSummary, String> cursorOf)
			throws SQLException {
		List<JobSummary> jobs = new ArrayList<>();
		while (rows.next()) {
			if (rows.getBoolean("many")) {
				return null;
			}
			addJob(rows, jobs);
		}
		return new JobPage<>(jobs, (jobs.size() == size) ? cursorOf.apply(jobs.get(size - 1)) : null);
	}

	private static void addJob(ResultSet row, List<JobSummary> jobs) throws SQLException {
		if (row.getObject("id") != null) {
			jobs.add(read(row));
		}
	}

	static JobSummary read(ResultSet row) throws SQLException {
		return new JobSummary(new JobId(row.getLong("id")), row.getString("kind"), row.getString("queue"),
				JobState.valueOf(row.getString("state")), row.getInt("priority"), row.getInt("attempt"),
				row.getObject("max_attempts", Integer.class), moment(row, "run_at"), moment(row, "created_at"),
				nullableMoment(row, "finished_at"), row.getString("unique_key"), row.getString("label"),
				row.getObject("progress", Integer.class), row.getString("reason"));
	}

	private static Instant moment(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	static @Nullable Instant nullableMoment(ResultSet row, String column) throws SQLException {
		OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
		return (moment != null) ? moment.toInstant() : null;
	}

	/** Reads where the page after a page that is not full begins. */
	@FunctionalInterface
	private interface LookedTo {

		@Nullable String read(ResultSet row) throws SQLException;

	}

}
