package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.SmartDataSource;

/**
 * One physical connection, held for one thread and shaped for a worker: guarded plans and
 * bounded waits. Opened at the first use and again after {@link #discard()}. To Spring it
 * is a data source whose connection is never closed between statements.
 */
final class EngineConnection extends AbstractDataSource implements SmartDataSource, AutoCloseable {

	private static final String READ_SETTINGS = "select name, current_setting(name) from unnest(?) as name";

	private static final String APPLY_SETTINGS = "select set_config(name, value, false) from unnest(?, ?) as setting (name, value)";

	private static final Logger logger = LoggerFactory.getLogger(EngineConnection.class);

	private final DataSource dataSource;

	private final Map<String, String> settings;

	private Map<String, String> previousSettings = Map.of();

	private @Nullable Connection connection;

	/**
	 * Creates a connection that is not open yet.
	 * @param name how the server lists it
	 * @param statementTimeout longest any statement may run
	 * @param lockTimeout longest any statement may wait for a lock
	 */
	EngineConnection(DataSource dataSource, String name, Duration statementTimeout, Duration lockTimeout) {
		this.dataSource = dataSource;
		this.settings = settings(name, statementTimeout, lockTimeout);
	}

	private static Map<String, String> settings(String name, Duration statementTimeout, Duration lockTimeout) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("application_name", name);
		settings.put("default_transaction_isolation", "read committed");
		settings.put("statement_timeout", milliseconds(statementTimeout));
		settings.put("lock_timeout", milliseconds(lockTimeout));
		settings.put("idle_in_transaction_session_timeout", milliseconds(statementTimeout));
		// A plan made while the queue was empty stays cached and would cost 100 ms a
		// claim, or a job to complete, once it fills.
		settings.put("plan_cache_mode", "force_generic_plan");
		settings.put("enable_seqscan", "off");
		settings.put("enable_bitmapscan", "off");
		settings.put("enable_hashjoin", "off");
		settings.put("enable_mergejoin", "off");
		settings.put("enable_sort", "off");
		// The planner takes limits that it does not know for large ones, and would spend
		// more time on compiling than reading takes.
		settings.put("jit", "off");
		return settings;
	}

	private static String milliseconds(Duration duration) {
		return duration.toMillis() + "ms";
	}

	/**
	 * Runs an operation. If it leaves the connection or its own result in doubt, the next
	 * one runs on another connection.
	 */
	<T> T use(Supplier<T> operation) {
		boolean sound = false;
		try {
			T result = operation.get();
			sound = true;
			return result;
		}
		catch (RuntimeException ex) {
			sound = SqlStates.isRefusal(ex);
			throw ex;
		}
		finally {
			if (!sound) {
				discard();
			}
		}
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = this.connection;
		if (connection == null) {
			connection = open();
			this.connection = connection;
		}
		return connection;
	}

	@Override
	public Connection getConnection(String username, String password) {
		throw new UnsupportedOperationException("The user is the data source's own");
	}

	@Override
	public boolean shouldClose(Connection connection) {
		return connection != this.connection;
	}

	private Connection open() throws SQLException {
		Connection connection = this.dataSource.getConnection();
		try {
			connection.setAutoCommit(true);
			this.previousSettings = readSettings(connection);
			applySettings(connection, this.settings);
			return connection;
		}
		catch (SQLException | RuntimeException ex) {
			destroy(connection);
			throw ex;
		}
	}

	private Map<String, String> readSettings(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(READ_SETTINGS)) {
			statement.setObject(1, this.settings.keySet().toArray(String[]::new));
			Map<String, String> found = new LinkedHashMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					found.put(rows.getString(1), rows.getString(2));
				}
			}
			return found;
		}
	}

	private static void applySettings(Connection connection, Map<String, String> settings) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(APPLY_SETTINGS)) {
			statement.setObject(1, settings.keySet().toArray(String[]::new));
			statement.setObject(2, settings.values().toArray(String[]::new));
			statement.execute();
		}
	}

	boolean isOpen() {
		return this.connection != null;
	}

	/**
	 * Destroys the connection, so that no pool can hand it to somebody else.
	 */
	void discard() {
		Connection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			destroy(connection);
		}
	}

	private static void destroy(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Aborting a connection failed", ex);
		}
		try {
			connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Closing an aborted connection failed", ex);
		}
	}

	/**
	 * Gives the connection back to its pool as it came from there.
	 */
	@Override
	public void close() {
		Connection connection = this.connection;
		this.connection = null;
		if (connection == null) {
			return;
		}
		try {
			applySettings(connection, this.previousSettings);
			connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Giving a connection back failed", ex);
			destroy(connection);
		}
	}

}
