package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.JobId;
import io.tasuki.Rescheduling.Effect;

/** Finds out how a job ended that is not live. */
final class FindEnd {

	static final String SQL = """
			select 'DEAD'
			  from tasuki.job_dead
			 where id = ?
			union all
			select 'FINISHED'
			  from tasuki.job_archive
			 where id = ?
			 limit 1
			""";

	private FindEnd() {
	}

	static Effect run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			statement.setLong(2, id.value());
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? Effect.valueOf(rows.getString(1)) : Effect.UNKNOWN;
			}
		}
	}

}
