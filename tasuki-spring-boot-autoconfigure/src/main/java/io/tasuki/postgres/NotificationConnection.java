package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGStatement;

/**
 * A connection kept for notifications. It goes back to where it came from as it was, or
 * not at all.
 */
final class NotificationConnection implements AutoCloseable {

	private static final String CHANNEL = "tasuki";

	// Goes with each statement, in the one transaction and the one round trip of both, so
	// that no pooler can hand the settings to somebody else. NOTIFY takes a lock of the
	// whole instance until its commit is flushed: it does not wait for the flush, and not
	// for long for those who do.
	private static final String BOUNDS = """
			select set_config('synchronous_commit', 'off', true), set_config('lock_timeout', '2s', true),
			       set_config('statement_timeout', '4s', true);
			""";

	// In one select with its bounds, since two would be parsed and planned apart.
	private static final String NOTIFY = """
			select set_config('synchronous_commit', 'off', true), set_config('lock_timeout', '2s', true),
			       set_config('statement_timeout', '4s', true), pg_notify('tasuki', ?)
			""";

	// A peer that vanished without a word would let a statement wait for hours.
	private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(5);

	private final Connection connection;

	private final boolean autoCommitBefore;

	private final int networkTimeoutBefore;

	private boolean listening;

	private NotificationConnection(Connection connection) throws SQLException {
		this.connection = connection;
		this.autoCommitBefore = connection.getAutoCommit();
		this.networkTimeoutBefore = connection.getNetworkTimeout();
	}

	static NotificationConnection open(DataSource dataSource) throws SQLException {
		Connection connection = dataSource.getConnection();
		try {
			NotificationConnection opened = new NotificationConnection(connection);
			connection.setAutoCommit(true);
			connection.setNetworkTimeout(Runnable::run, (int) NETWORK_TIMEOUT.toMillis());
			return opened;
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	void send(String text) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(NOTIFY)) {
			// A statement that the server keeps by name does not survive every pooler.
			statement.unwrap(PGStatement.class).setPrepareThreshold(0);
			statement.setString(1, text);
			statement.execute();
		}
	}

	void listen() throws SQLException {
		this.listening = true;
		execute(BOUNDS + "listen " + CHANNEL);
	}

	/**
	 * Waits for notifications, at most this long.
	 */
	List<String> receive(Duration patience) throws SQLException {
		PGNotification[] notifications = this.connection.unwrap(PGConnection.class)
			.getNotifications((int) Math.max(1, patience.toMillis()));
		return (notifications != null) ? List.of(notifications).stream().map(PGNotification::getParameter).toList()
				: List.of();
	}

	/**
	 * Gives the connection back as it was.
	 */
	@Override
	public void close() {
		try {
			if (this.listening) {
				execute(BOUNDS + "unlisten *");
			}
			this.connection.setNetworkTimeout(Runnable::run, this.networkTimeoutBefore);
			this.connection.setAutoCommit(this.autoCommitBefore);
			this.connection.close();
		}
		catch (SQLException ex) {
			abort();
		}
	}

	/**
	 * Cuts the connection, from any thread.
	 */
	void abort() {
		try (Connection cut = this.connection) {
			cut.abort(Runnable::run);
			// Fails, and so tells a pool that the connection is of no use any more.
			cut.createStatement().close();
		}
		catch (SQLException ex) {
			// It is gone either way.
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
