package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.tasuki.JobId;

/** Deletes dead letters. */
final class DeleteDeadJobs {

	static final String SQL = """
			delete from tasuki.job_dead
			 where id = any (?)
			returning id
			""";

	private DeleteDeadJobs() {
	}

	/**
	 * Returns those that were there.
	 */
	static List<JobId> run(CallersConnection connection, Collection<JobId> ids) throws SQLException {
		if (ids.isEmpty()) {
			return List.of();
		}
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids.stream().mapToLong(JobId::value).toArray());
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
