package io.tasuki.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Extends the leases of running jobs, all in one statement. */
final class RenewLeases {

	// A transactional handler holds its own row until it commits. Waiting for it would
	// let
	// every other lease run out.
	static final String SQL = """
			update tasuki.job
			   set lease_expires_at = clock_timestamp() + ? * interval '1 microsecond'
			 where ctid = any (array(
			   select found.place
			     from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
			    cross join lateral (
			      select job.ctid as place
			        from tasuki.job
			       where job.id >= held.id and job.id <= held.id
			         and job.lease_no = held.lease_no and job.lock_owner = held.owner
			       order by job.id
			         for no key update skip locked) as found))
			returning id, lease_no, lock_owner, cancel_requested_at is not null
			""";

	private final JdbcOperations jdbc;

	RenewLeases(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases that were extended, each with whether somebody has cancelled its
	 * job.
	 */
	Map<Lease, Boolean> run(Collection<Lease> leases, Duration leaseDuration) {
		Map<Lease, Boolean> renewed = new HashMap<>();
		this.jdbc.query(SQL, (statement) -> {
			statement.setLong(1, Timestamps.micros(leaseDuration));
			Leases.bind(statement, 2, leases);
		}, (RowCallbackHandler) (row) -> renewed.put(Leases.read(row, row.getRow()), row.getBoolean(4)));
		return renewed;
	}

}
