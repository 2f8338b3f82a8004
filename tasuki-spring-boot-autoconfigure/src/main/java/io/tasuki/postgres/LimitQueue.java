package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

import org.jspecify.annotations.Nullable;

/** Notes how many jobs of a queue each worker runs at once. */
final class LimitQueue {

	static final String SQL = """
			insert into tasuki.queue (name, concurrency)
			values (?, ?)
			on conflict (name) do update
			   set concurrency = excluded.concurrency,
			       changed_at = excluded.changed_at
			 where queue.concurrency is distinct from excluded.concurrency
			""";

	private LimitQueue() {
	}

	static void run(CallersConnection connection, String queue, @Nullable Integer concurrency) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			statement.setString(1, queue);
			statement.setObject(2, concurrency, Types.INTEGER);
			statement.executeUpdate();
		}
	}

}
