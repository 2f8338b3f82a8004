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
 *
 * @param timeoutSeconds longest a statement may run, waits included, unless the
 * transaction has a timeout; negative for as long as the caller's settings allow
 */
record CallersConnection(Connection connection, DataSource dataSource, int timeoutSeconds) {

	static CallersConnection joined(Connection connection, DataSource dataSource) {
		return new CallersConnection(connection, dataSource, -1);
	}

	// The driver's own timeout, and not the server's settings: these would cost a round
	// trip before each enqueue.
	PreparedStatement prepare(String sql) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		DataSourceUtils.applyTimeout(statement, this.dataSource, this.timeoutSeconds);
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

}
