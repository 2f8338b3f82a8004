package io.tasuki.benchmarks.comparison.contestant.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

import io.tasuki.postgres.BareStatements;
import io.tasuki.store.Lease;

/** Records as succeeded whatever waits for it, in one statement. */
final class BareCompleter implements AutoCloseable {

	private final PreparedStatement statement;

	BareCompleter(Connection connection, boolean archive) throws SQLException {
		this.statement = connection.prepareStatement((archive) ? BareStatements.ARCHIVE : BareStatements.DELETE);
	}

	/**
	 * Waits for claimed jobs and completes them.
	 * @param claimed where they come from
	 * @return whether there was an empty list among them, which is the last one
	 */
	boolean complete(BlockingQueue<List<Lease>> claimed) throws SQLException, InterruptedException {
		List<List<Lease>> groups = new ArrayList<>();
		groups.add(claimed.take());
		claimed.drainTo(groups);
		List<Lease> leases = groups.stream().flatMap(List::stream).toList();
		if (!leases.isEmpty()) {
			write(leases);
		}
		return groups.contains(List.of());
	}

	private void write(List<Lease> leases) throws SQLException {
		BareStatements.bindLeases(this.statement, leases);
		int written = 0;
		try (ResultSet rows = this.statement.executeQuery()) {
			while (rows.next()) {
				written++;
			}
		}
		if (written != leases.size()) {
			throw new IllegalStateException("Of %d jobs %d were completed".formatted(leases.size(), written));
		}
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

}
