package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Notes that a queue is not paused any more. */
final class ResumeQueue {

	static final String SQL = """
			update tasuki.queue
			   set paused_at = null,
			       changed_at = clock_timestamp()
			 where name = ? and paused_at is not null
			""";

	private ResumeQueue() {
	}

	static void run(CallersConnection connection, String queue) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			statement.setString(1, queue);
			statement.executeUpdate();
		}
	}

}
