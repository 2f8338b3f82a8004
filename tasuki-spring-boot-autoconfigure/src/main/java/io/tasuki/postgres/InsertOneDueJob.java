package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import io.tasuki.store.Position;

/**
 * Stores one job that is due at once and has no unique key, no label and no metadata: the
 * usual one.
 */
final class InsertOneDueJob {

	// The default of run_at is now. As a number, because the driver makes two calendars
	// to
	// read the one timestamp of an answer.
	static final String SQL = """
			insert into tasuki.job (queue, kind, payload, priority, max_attempts)
			values (?, ?, ?::jsonb, ?, ?)
			returning id, (extract(epoch from run_at) * 1000000)::bigint as run_at
			""";

	private InsertOneDueJob() {
	}

	static InsertedJob run(CallersConnection connection, NewJob job) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			NewJobRow.bindDue(statement, job);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return NewJobRow.due(new Position(Timestamps.instant(rows.getLong(2)), rows.getLong(1)));
			}
		}
	}

}
