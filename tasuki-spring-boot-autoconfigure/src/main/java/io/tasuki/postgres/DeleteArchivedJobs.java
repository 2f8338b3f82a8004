package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.tasuki.JobId;
import io.tasuki.postgres.ListArchivedJobs.Found;

/** Deletes jobs of the archive that a listing has found in one partition. */
final class DeleteArchivedJobs {

	// By place, since only that finds a row at once; the id makes sure of it.
	static final String SQL = """
			delete from tasuki.job_archive
			 where finished_at >= ? and finished_at < ?
			   and ctid = any (?::text[]::tid[])
			   and id = any (?)
			returning id
			""";

	private DeleteArchivedJobs() {
	}

	static List<JobId> run(CallersConnection connection, LocalDate day, Collection<Found> jobs) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, day.atStartOfDay().atOffset(ZoneOffset.UTC));
			statement.setObject(2, day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
			statement.setObject(3, jobs.stream().map((job) -> job.place().tid()).toArray(String[]::new));
			statement.setObject(4, jobs.stream().mapToLong((job) -> job.job().id().value()).toArray());
			List<JobId> deleted = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					deleted.add(new JobId(rows.getLong(1)));
				}
			}
			return deleted;
		}
	}

}
