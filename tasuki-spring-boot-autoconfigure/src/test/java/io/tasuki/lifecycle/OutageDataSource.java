package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose database can be made to go away and come back. */
final class OutageDataSource extends DelegatingDataSource {

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final AtomicInteger refused = new AtomicInteger();

	private volatile boolean away;

	OutageDataSource(DataSource dataSource) {
		super(dataSource);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.away) {
			this.refused.incrementAndGet();
			throw new SQLException("Connection refused by the test", "08001");
		}
		Connection connection = super.getConnection();
		this.connections.add(connection);
		return connection;
	}

	/** Cuts every connection and refuses others. */
	void goAway() {
		this.away = true;
		this.connections.forEach(OutageDataSource::cut);
		this.connections.clear();
	}

	void comeBack() {
		this.away = false;
	}

	/** Returns how many connections were asked for in vain. */
	int refused() {
		return this.refused.get();
	}

	private static void cut(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// Cut is what it was to be.
		}
	}

}
