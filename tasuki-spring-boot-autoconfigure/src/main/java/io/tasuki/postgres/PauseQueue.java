package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Notes that a queue is paused; since when it is stays if it was before. */
final class PauseQueue {

	static final String SQL = """
			insert into tasuki.queue (name, paused_at)
			values (?, clock_timestamp())
			on conflict (name) do update
			   set paused_at = excluded.paused_at,
			       changed_at = excluded.changed_at
			 where queue.paused_at is null
			""";

	private PauseQueue() {
	}

	static void run(CallersConnection connection, String queue) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			statement.setString(1, queue);
			statement.executeUpdate();
		}
	}

}
