package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.TreeMap;

import io.tasuki.QueueSettings;

/** Finds the queues that were set at run time. */
final class FindQueueSettings {

	static final String SQL = """
			select name, paused_at, concurrency, changed_at
			  from tasuki.queue
			""";

	private FindQueueSettings() {
	}

	static TreeMap<String, QueueSettings> run(CallersConnection connection) throws SQLException {
		TreeMap<String, QueueSettings> settings = new TreeMap<>();
		try (PreparedStatement statement = connection.prepare(SQL); ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				settings.put(rows.getString(1),
						new QueueSettings(rows.getString(1), JobSummaries.nullableMoment(rows, "paused_at"),
								rows.getObject(3, Integer.class), JobSummaries.nullableMoment(rows, "changed_at")));
			}
		}
		return settings;
	}

}
