package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes a connection out of the pool it came from, so that nobody is given it again.
 */
@FunctionalInterface
public interface ConnectionEviction {

	/**
	 * Evicts a connection.
	 * @param connection as the pool gave it; nothing more will be done with it than to
	 * reset and to close it, which may fail or do nothing
	 */
	void evict(Connection connection) throws SQLException;

	/**
	 * Returns an eviction for any pool: it cuts the connection, which a pool notices when
	 * the connection is given back, or when it is to be given out.
	 */
	static ConnectionEviction byCutting() {
		return (connection) -> connection.abort(Runnable::run);
	}

}
