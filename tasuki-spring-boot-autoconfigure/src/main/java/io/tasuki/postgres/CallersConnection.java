package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.postgresql.PGStatement;

import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * The connection an enqueue works on: the caller's, under the timeout of the caller's
 * transaction, or one of its own.
 */
final class CallersConnection {

	private final Connection connection;

	private final Bound bound;

	private CallersConnection(Connection connection, Bound bound) {
		this.connection = connection;
		this.bound = bound;
	}

	/**
	 * Returns one whose statements may run and wait as long as the caller's transaction
	 * and settings allow.
	 */
	static CallersConnection joined(Connection connection, DataSource dataSource) {
		return new CallersConnection(connection,
				(statement) -> DataSourceUtils.applyTransactionTimeout(statement, dataSource));
	}

	/**
	 * Returns one whose statements may run and wait as long as this call allows.
	 */
	static CallersConnection own(Connection connection, TimedCall call) {
		return new CallersConnection(connection, call::watch);
	}

	Connection connection() {
		return this.connection;
	}

	PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		this.bound.apply(statement);
		return statement;
	}

	/**
	 * Prepares a statement that is planned anew each time. For statements that read the
	 * live table: a plan made while it was empty would scan all of it once it has filled,
	 * and the application's connections have no planner guards.
	 */
	PreparedStatement prepareAnew(String sql) throws SQLException {
		PreparedStatement statement = prepare(sql);
		if (statement.isWrapperFor(PGStatement.class)) {
			statement.unwrap(PGStatement.class).setPrepareThreshold(0);
		}
		return statement;
	}

	/** Limits how long a statement takes. */
	private interface Bound {

		void apply(PreparedStatement statement) throws SQLException;

	}

}
