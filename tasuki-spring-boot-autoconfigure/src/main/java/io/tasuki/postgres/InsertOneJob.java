package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/** Stores one job that has no unique key. */
final class InsertOneJob {

	// greatest() passes over a run-at that is null.
	static final String SQL = """
			insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, label, metadata)
			values (?, ?, ?::jsonb, ?, ?,
			        greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond'), ?, ?::jsonb)
			returning id, run_at, 'CREATED' as effect,
			          (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
			""";

	private InsertOneJob() {
	}

	static InsertedJob run(CallersConnection connection, NewJob job) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			NewJobRow.bind(statement, job);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return NewJobRow.inserted(rows);
			}
		}
	}

}
