package io.tasuki.postgres;

import java.util.List;
import java.util.Optional;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Counts one crash against a job before its handler starts, and puts it down to the owner
 * that starts it. Commits synchronously: the count must outlive what the handler may do.
 */
final class ChargeCrash {

	// Keeps the latest 20 owners: room for the new one is made at the front.
	static final String SQL = """
			update tasuki.job
			   set crashes = least(crashes + 1, 32767),
			       crash_owners = (crash_owners || lock_owner)[greatest(cardinality(crash_owners) - 18, 1):]
			 where ctid = any (array(
			   select job.ctid
			     from tasuki.job
			    where job.id >= ? and job.id <= ?
			      and job.lease_no = ? and job.lock_owner = ?
			    order by job.id
			      for no key update skip locked))
			returning crashes
			""";

	private final JdbcOperations jdbc;

	ChargeCrash(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the number of crashes including this one; empty if the row is gone or
	 * locked.
	 */
	Optional<Integer> run(Lease lease) {
		List<Integer> crashes = this.jdbc.query(SQL, (row, number) -> row.getInt(1), lease.id().value(),
				lease.id().value(), lease.leaseNo(), lease.owner());
		return crashes.stream().findFirst();
	}

}
