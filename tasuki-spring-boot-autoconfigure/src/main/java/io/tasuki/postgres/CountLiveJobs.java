package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeMap;

import io.tasuki.QueueCounts;

/** Counts the live jobs of queues, those that would run first, up to so many of each. */
final class CountLiveJobs {

	static final String SQL = """
			select asked.queue, counted.*
			  from unnest(?::text[]) as asked (queue)
			 cross join lateral (
			   select count(*) filter (where not running and run_at <= statement_timestamp()) as due,
			          count(*) filter (where not running and run_at > statement_timestamp()) as scheduled,
			          count(*) filter (where running) as running,
			          count(*) < ? as complete
			     from (
			       select job.run_at, coalesce(job.lease_expires_at > statement_timestamp(), false) as running
			         from tasuki.job
			        where job.queue = asked.queue
			        order by job.priority, job.run_at, job.id
			        limit ?) as looked_at) as counted
			""";

	private CountLiveJobs() {
	}

	static TreeMap<String, QueueCounts> run(CallersConnection connection, Collection<String> queues, int most)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, queues.toArray(String[]::new));
			statement.setInt(2, most);
			statement.setInt(3, most);
			TreeMap<String, QueueCounts> counts = new TreeMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					counts.put(rows.getString(1), new QueueCounts(rows.getString(1), rows.getLong(2), rows.getLong(3),
							rows.getLong(4), 0, rows.getBoolean(5)));
				}
			}
			return counts;
		}
	}

}
