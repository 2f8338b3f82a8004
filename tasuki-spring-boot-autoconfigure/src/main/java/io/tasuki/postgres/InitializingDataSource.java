package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Executes a statement of the application's on each connection before anybody gets it: it
 * may choose the role that may see the tables.
 */
public final class InitializingDataSource extends DelegatingDataSource {

	private final String sql;

	/**
	 * Creates a data source.
	 * @param target opens the connections
	 * @param sql what is executed on them
	 */
	public InitializingDataSource(DataSource target, String sql) {
		super(target);
		this.sql = sql;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return initialized(super.getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return initialized(super.getConnection(username, password));
	}

	private Connection initialized(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(this.sql);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

}
