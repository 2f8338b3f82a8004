package io.tasuki.postgres;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Tells, of leases that a statement passed over, those still held, whose row was locked,
 * from those that are gone. Reads plainly, so it sees locked rows.
 */
final class FindHeldLeases {

	static final String SQL = """
			select held.id, held.lease_no, held.owner
			  from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
			 cross join lateral (
			   select
			     from tasuki.job
			    where job.id >= held.id and job.id <= held.id
			      and job.lease_no = held.lease_no and job.lock_owner = held.owner
			    order by job.id
			   offset 0) as found
			""";

	private final JdbcOperations jdbc;

	FindHeldLeases(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	Set<Lease> run(Collection<Lease> leases) {
		if (leases.isEmpty()) {
			return Set.of();
		}
		return new HashSet<>(this.jdbc.query(SQL, (statement) -> Leases.bind(statement, 1, leases), Leases::read));
	}

}
