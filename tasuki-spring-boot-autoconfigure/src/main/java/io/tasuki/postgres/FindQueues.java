package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the queues that hold live jobs: one probe each, however many jobs they hold. */
final class FindQueues {

	static final String SQL = """
			with recursive step as (
			  (select queue as name, 1 as number from tasuki.job order by queue limit 1)
			  union all
			  select following.name, step.number + 1
			    from step
			   cross join lateral (
			     select job.queue as name
			       from tasuki.job
			      where job.queue > step.name
			      order by job.queue
			      limit 1) as following
			   where step.number < ?)
			select name
			  from step
			 order by name
			""";

	private FindQueues() {
	}

	static List<String> run(CallersConnection connection, int most) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setInt(1, most);
			List<String> queues = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					queues.add(rows.getString(1));
				}
			}
			return queues;
		}
	}

}
