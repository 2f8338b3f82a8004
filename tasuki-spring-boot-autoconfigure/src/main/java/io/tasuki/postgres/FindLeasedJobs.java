package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tasuki.JobId;
import io.tasuki.store.Circumstances.Leased;

/**
 * Counts the jobs of a queue that somebody holds, by worker and kind. Looks at the first
 * due jobs of each priority only, which is where they are.
 */
final class FindLeasedJobs {

	// Not clock_timestamp() for what is due: an index takes no condition that may change
	// from row to row.
	static final String SQL = """
			select owner.worker_id, front.kind, count(*)::integer, (array_agg(front.id order by front.id))[1:10]
			  from generate_series(0, 9) as level (priority)
			 cross join lateral (
			   select job.id, job.kind, job.lock_owner, job.lease_expires_at
			     from tasuki.job
			    where job.queue = ?
			      and job.priority = level.priority
			      and job.run_at <= statement_timestamp()
			    order by job.run_at, job.id
			    limit ?) as front
			  left join tasuki.owner on owner.id = front.lock_owner
			 where front.lease_expires_at > clock_timestamp()
			 group by owner.worker_id, front.kind
			""";

	/** Most jobs to look at, for each priority. */
	private static final int LOOK_AT = 1_000;

	private FindLeasedJobs() {
	}

	static List<Leased> run(CallersConnection connection, String queue) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setString(1, queue);
			statement.setInt(2, LOOK_AT);
			List<Leased> leased = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					leased.add(new Leased(rows.getObject(1, Long.class), rows.getString(2), rows.getInt(3), ids(rows)));
				}
			}
			return leased;
		}
	}

	private static List<JobId> ids(ResultSet row) throws SQLException {
		return Stream.of((Long[]) row.getArray(4).getArray()).map(JobId::new).toList();
	}

}
