package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Takes due jobs of one priority of one line: what a wake-up announced to a worker that
 * waits for it. Says the same as {@link ClaimJobs} where no lease is to be taken over.
 */
final class ClaimAnnouncedJobs {

	static final String SQL = """
			update tasuki.job
			   set lease_no = lease_no + 1,
			       attempt = attempt + 1,
			       lock_owner = ?,
			       lease_expires_at = clock_timestamp() + ? * interval '1 microsecond'
			 where ctid = any (array(
			   select ready.ctid
			     from tasuki.job as ready
			    where ready.queue = ?
			      and ready.priority = ?
			      and (ready.run_at, ready.id) > (?::timestamptz, ?)
			      and ready.run_at <= now()
			      and ready.kind = any (?::text[])
			      and ready.lease_expires_at is null
			      and ready.crashes = 0
			    order by ready.run_at, ready.id
			    limit ?
			      for no key update skip locked))
			   and (select set_config('synchronous_commit', 'off', true)) is not null
			returning id, lease_no, lock_owner, kind, queue, payload::text, priority, attempt, max_attempts, run_at,
			          nullif(created_at, run_at), crashes, cancel_requested_at is not null, label,
			          case
			            when metadata is not null
			              then array(select unnest(array[entry.key, entry.value]) from jsonb_each_text(metadata) as entry)
			          end
			""";

	private final JdbcOperations jdbc;

	ClaimAnnouncedJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns whether a request asks for no more than this statement answers.
	 */
	static boolean suits(ClaimRequest request) {
		return !request.takeOver() && request.lines().size() == 1 && onlyPriority(request.lines().get(0)) >= 0;
	}

	private static int onlyPriority(LineClaim line) {
		int only = -1;
		for (int priority = 0; priority < LineClaim.PRIORITIES; priority++) {
			if (!line.cursors().get(priority).equals(Position.END)) {
				if (only >= 0) {
					return -1;
				}
				only = priority;
			}
		}
		return only;
	}

	List<ClaimedJob> run(ClaimRequest request, long owner) {
		List<ClaimedJob> claimed = new ArrayList<>(
				this.jdbc.query(SQL, (statement) -> bind(statement, request, owner), new ClaimedJobMapper()));
		claimed.sort(ClaimJobs.RUN_ORDER);
		return claimed;
	}

	private static void bind(PreparedStatement statement, ClaimRequest request, long owner) throws SQLException {
		LineClaim line = request.lines().get(0);
		int priority = onlyPriority(line);
		Position cursor = line.cursors().get(priority);
		statement.setLong(1, owner);
		statement.setLong(2, Timestamps.micros(request.leaseDuration()));
		statement.setString(3, line.queue());
		statement.setInt(4, priority);
		statement.setString(5, Timestamps.text(cursor.runAt()));
		statement.setLong(6, cursor.id());
		statement.setObject(7, line.kinds().toArray(String[]::new));
		statement.setInt(8, Math.min(line.limit(), request.limit()));
	}

}
