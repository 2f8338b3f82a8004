package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

import io.tasuki.JobId;

/** Deletes cancelled jobs that wait, where no archive keeps them. */
final class DeleteWaitingJobs {

	static final String SQL = """
			delete from tasuki.job
			 where id = any (?) and lease_expires_at is null and cancel_requested_at is not null
			""";

	private DeleteWaitingJobs() {
	}

	static void run(CallersConnection connection, Collection<JobId> ids) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids.stream().mapToLong(JobId::value).toArray());
			statement.executeUpdate();
		}
	}

}
