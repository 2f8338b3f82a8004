package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.tasuki.store.Fate;
import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Finds what became of outcomes whose leases are absent, by the lease number under which
 * the job is found now, wherever it is.
 */
final class FindFates {

	// A claim that follows the recorded outcome counts an attempt, a takeover does not:
	// so
	// a lease number that grew by more than the attempt tells of a takeover.
	// The archive finds ids by an index over ranges of pages: half a millisecond for each
	// in a day of three million jobs, if it is asked for all of them at once.
	static final String SQL = """
			with asked as materialized (
			  select id, lease_no, owner, attempts
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::integer[]) as lease (id, lease_no, owner, attempts)),
			found as materialized (
			  select live.*
			    from asked
			   cross join lateral (
			     select job.id, job.lease_no, job.attempt, job.lock_owner
			       from tasuki.job
			      where job.id >= asked.id and job.id <= asked.id
			      order by job.id
			     offset 0) as live
			  union all
			  select dead.*, null
			    from asked
			   cross join lateral (
			     select job_dead.id, job_dead.lease_no, job_dead.attempt
			       from tasuki.job_dead
			      where job_dead.id >= asked.id and job_dead.id <= asked.id
			      order by job_dead.id
			     offset 0) as dead
			  union all
			  select id, lease_no, attempt, null
			    from tasuki.job_archive
			   where id = any (?::bigint[])
			     and finished_at > now() - ? * interval '1 microsecond')
			select asked.id, asked.lease_no, asked.owner, found.lease_no > asked.lease_no or found.lock_owner is not null
			  from asked
			  join found on found.id = asked.id
			 where case
			         when found.lease_no > asked.lease_no
			           then found.lease_no - asked.lease_no > found.attempt - asked.attempts
			         else found.lease_no = asked.lease_no and found.lock_owner is distinct from asked.owner
			       end
			""";

	private final JdbcOperations jdbc;

	FindFates(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns what could be told.
	 * @param attemptsUsed the leases, and how many attempts their jobs have used up if
	 * the outcome was recorded
	 * @param since how long ago it can have been recorded at the earliest
	 */
	Map<Lease, Fate> run(Map<Lease, Integer> attemptsUsed, Duration since) {
		Map<Lease, Fate> fates = new HashMap<>();
		this.jdbc.query(SQL, (statement) -> bind(statement, attemptsUsed, since), (RowCallbackHandler) (row) -> fates
			.put(Leases.read(row, row.getRow()), row.getBoolean(4) ? Fate.TAKEN_OVER : Fate.RECORDED));
		return fates;
	}

	private static void bind(PreparedStatement statement, Map<Lease, Integer> attemptsUsed, Duration since)
			throws SQLException {
		Collection<Lease> leases = attemptsUsed.keySet();
		int next = Leases.bind(statement, 1, leases);
		statement.setObject(next, leases.stream().mapToInt(attemptsUsed::get).toArray());
		statement.setObject(next + 1, leases.stream().mapToLong((lease) -> lease.id().value()).toArray());
		statement.setLong(next + 2, Timestamps.micros(since));
	}

}
