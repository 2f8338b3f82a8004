package io.tasuki.postgres;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks leased jobs until the end of the transaction, waiting for others who have them
 * locked. All in one statement: in a transaction that keeps its snapshot, a heartbeat
 * between two would be a conflict.
 */
final class LockJobs {

	static final String SQL = """
			select held.id, held.lease_no, held.owner
			  from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
			 cross join lateral (
			   select
			     from tasuki.job
			    where job.id >= held.id and job.id <= held.id
			      and job.lease_no = held.lease_no and job.lock_owner = held.owner
			    order by job.id
			      for update) as found
			""";

	private final JdbcOperations jdbc;

	LockJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases that are still held, and whose jobs are locked. Locks in the
	 * order of their ids, so that nobody waits in a ring.
	 */
	Set<Lease> run(Collection<Lease> leases) {
		List<Lease> sorted = leases.stream().sorted(Comparator.comparingLong((lease) -> lease.id().value())).toList();
		return new HashSet<>(this.jdbc.query(SQL, (statement) -> Leases.bind(statement, 1, sorted), Leases::read));
	}

}
