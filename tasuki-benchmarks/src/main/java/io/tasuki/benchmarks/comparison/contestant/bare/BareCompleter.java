package io.tasuki.benchmarks.comparison.contestant.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import io.tasuki.postgres.BareStatements;
import io.tasuki.store.Lease;

/**
 * Records as succeeded whatever waits for it, in one statement. A row that another JVM's
 * claim has locked in passing is tried again with the next.
 */
final class BareCompleter implements AutoCloseable {

	private final PreparedStatement statement;

	private Set<Lease> left = new HashSet<>();

	BareCompleter(Connection connection, boolean archive) throws SQLException {
		this.statement = connection.prepareStatement((archive) ? BareStatements.ARCHIVE : BareStatements.DELETE);
		if (archive) {
			BareStatements.bindNoResults(this.statement);
		}
	}

	/**
	 * Waits for claimed jobs and completes them.
	 * @param claimed where they come from
	 * @return whether there was an empty list among them, which is the last one
	 */
	boolean complete(BlockingQueue<List<Lease>> claimed) throws SQLException, InterruptedException {
		List<List<Lease>> groups = new ArrayList<>();
		List<Lease> one = (this.left.isEmpty()) ? claimed.take() : claimed.poll(1, TimeUnit.MILLISECONDS);
		if (one != null) {
			groups.add(one);
		}
		claimed.drainTo(groups);
		groups.forEach(this.left::addAll);
		if (!this.left.isEmpty()) {
			write();
		}
		return groups.contains(List.of());
	}

	private void write() throws SQLException {
		BareStatements.bindLeases(this.statement, this.left);
		try (ResultSet rows = this.statement.executeQuery()) {
			while (rows.next()) {
				this.left.remove(BareStatements.lease(rows));
			}
		}
	}

	@Override
	public void close() throws SQLException {
		this.statement.close();
	}

}
