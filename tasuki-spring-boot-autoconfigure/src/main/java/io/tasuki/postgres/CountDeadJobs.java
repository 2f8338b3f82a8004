package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Counts the dead letters of each queue among the latest so many. */
final class CountDeadJobs {

	static final String SQL = """
			select queue, count(*)
			  from (
			    select queue
			      from tasuki.job_dead
			     order by died_at desc, id desc
			     limit ?) as latest
			 group by queue
			""";

	private CountDeadJobs() {
	}

	static Map<String, Long> run(CallersConnection connection, int most) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setInt(1, most);
			Map<String, Long> counts = new HashMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					counts.put(rows.getString(1), rows.getLong(2));
				}
			}
			return counts;
		}
	}

}
