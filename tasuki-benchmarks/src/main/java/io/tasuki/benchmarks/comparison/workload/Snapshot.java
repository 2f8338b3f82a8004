package io.tasuki.benchmarks.comparison.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import io.tasuki.localpostgres.Database;

/**
 * Something that may hold back the clearing of dead rows until it is closed.
 */
interface Snapshot extends AutoCloseable {

	@Override
	void close();

	/**
	 * Returns one that holds back nothing.
	 */
	static Snapshot none() {
		return () -> {
		};
	}

	/**
	 * Opens a transaction that has read something and goes on seeing what it saw, as that
	 * of a long report or a backup.
	 */
	static Snapshot open(Database database) {
		try {
			Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
					database.password());
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("select count(*) from tasuki.job");
			}
			return () -> close(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("No snapshot was opened", ex);
		}
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The snapshot did not stay open", ex);
		}
	}

}
