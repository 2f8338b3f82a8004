package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/**
 * Stores one job that is due at once and has no unique key, no label and no metadata: the
 * usual one.
 */
final class InsertOneDueJob {

	// The default of run_at is now.
	static final String SQL = """
			insert into tasuki.job (queue, kind, payload, priority, max_attempts)
			values (?, ?, ?::jsonb, ?, ?)
			returning id, run_at
			""";

	private InsertOneDueJob() {
	}

	static InsertedJob run(CallersConnection connection, NewJob job) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			NewJobRow.bindDue(statement, job);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return NewJobRow.due(rows);
			}
		}
	}

}
