package io.tasuki.postgres;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks a job under its fence until the transaction ends, waiting for whoever has it
 * locked.
 */
final class LockJob {

	static final String SQL = """
			select id
			  from tasuki.job
			 where id = ? and lease_no = ? and lock_owner = ?
			   for update
			""";

	private final JdbcOperations jdbc;

	LockJob(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns whether the lease is still held, and the job locked.
	 */
	boolean run(Lease lease) {
		return !this.jdbc.queryForList(SQL, lease.id().value(), lease.leaseNo(), lease.owner()).isEmpty();
	}

}
