package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.tasuki.JobId;

/** Deletes a cancelled job that waits, where no archive keeps it. */
final class DeleteWaitingJob {

	static final String SQL = """
			delete from tasuki.job
			 where id = ? and lease_expires_at is null and cancel_requested_at is not null
			""";

	private DeleteWaitingJob() {
	}

	static void run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			statement.executeUpdate();
		}
	}

}
