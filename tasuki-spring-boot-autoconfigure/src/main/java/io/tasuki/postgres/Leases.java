package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

import io.tasuki.JobId;
import io.tasuki.store.Lease;

/**
 * Leases as the three parallel arrays in which a statement takes them, and as the three
 * columns in which it answers.
 */
final class Leases {

	private Leases() {
	}

	/**
	 * Binds ids, lease numbers and owners to three parameters.
	 * @return index of the next parameter
	 */
	static int bind(PreparedStatement statement, int index, Collection<Lease> leases) throws SQLException {
		long[] ids = leases.stream().mapToLong((lease) -> lease.id().value()).toArray();
		int[] leaseNos = leases.stream().mapToInt(Lease::leaseNo).toArray();
		long[] owners = leases.stream().mapToLong(Lease::owner).toArray();
		statement.setObject(index, ids);
		statement.setObject(index + 1, leaseNos);
		statement.setObject(index + 2, owners);
		return index + 3;
	}

	/**
	 * Reads a lease from the first three columns.
	 */
	static Lease read(ResultSet row, int number) throws SQLException {
		return new Lease(new JobId(row.getLong(1)), row.getInt(2), row.getLong(3));
	}

}
