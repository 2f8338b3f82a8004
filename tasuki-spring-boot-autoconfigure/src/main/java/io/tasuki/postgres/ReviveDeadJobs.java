package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.tasuki.JobId;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;

/**
 * Makes live jobs of dead letters, but for those whose unique key a live job has. The
 * letters stay.
 */
final class ReviveDeadJobs {

	// lease_no goes on from where it was: an old worker must not hold the next lease.
	// Sorted by key, so that two of these, and batches of new jobs, wait for each other
	// instead of deadlocking.
	static final String SQL = """
			insert into tasuki.job (
			       id, run_at, created_at, lease_no, attempt, priority, max_attempts, crashes, queue, kind, payload,
			       unique_key, label, metadata, log_lines, errors)
			overriding system value
			select id, clock_timestamp(), created_at, lease_no, 0, priority, max_attempts, 0, queue, kind, payload,
			       unique_key, label, metadata, log_lines, errors
			  from (
			    select *
			      from tasuki.job_dead
			     where id = any (?)
			     order by id
			       for update) as letter
			 order by queue collate "C", unique_key collate "C", id
			on conflict (queue, unique_key) where unique_key is not null do nothing
			returning id, queue, priority, run_at
			""";

	private ReviveDeadJobs() {
	}

	/**
	 * Returns where the jobs stand that live again.
	 */
	static Map<JobId, WakeUp> run(CallersConnection connection, Collection<JobId> ids) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids.stream().mapToLong(JobId::value).toArray());
			Map<JobId, WakeUp> revived = new HashMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					Position position = new Position(Timestamps.instant(rows, 4), rows.getLong(1));
					revived.put(new JobId(position.id()),
							new WakeUp(rows.getString(2), rows.getInt(3), position, Duration.ZERO, true));
				}
			}
			return revived;
		}
	}

}
