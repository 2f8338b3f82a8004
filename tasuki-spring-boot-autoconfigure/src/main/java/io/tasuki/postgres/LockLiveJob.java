package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import io.tasuki.JobId;

/**
 * Locks a live job until the transaction ends, waiting for whoever has it locked, so that
 * no worker claims it meanwhile.
 */
final class LockLiveJob {

	static final String SQL = """
			select lease_expires_at is not null as leased
			  from tasuki.job
			 where id = ?
			   for no key update
			""";

	private LockLiveJob() {
	}

	/**
	 * Returns whether a worker holds the job, or did so when it died; empty if the job is
	 * not live.
	 */
	static Optional<Boolean> run(CallersConnection connection, JobId id) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setLong(1, id.value());
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? Optional.of(rows.getBoolean(1)) : Optional.empty();
			}
		}
	}

}
