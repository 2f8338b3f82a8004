package io.tasuki.postgres;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks the rows of leases that are still held, and passes over rows that somebody else
 * has locked. For the transaction that then writes them.
 */
final class LockHeldJobs {

	static final String SQL = """
			select job.id, job.lease_no, job.lock_owner
			  from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
			  join tasuki.job on job.id = held.id and job.lease_no = held.lease_no and job.lock_owner = held.owner
			   for update of job skip locked
			""";

	private final JdbcOperations jdbc;

	LockHeldJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose rows are now locked.
	 */
	Set<Lease> run(Collection<Lease> leases) {
		return new HashSet<>(this.jdbc.query(SQL, (statement) -> Leases.bind(statement, 1, leases), Leases::read));
	}

}
