package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.ProxyConnection;
import io.tasuki.postgres.ConnectionEviction;

import org.springframework.jdbc.datasource.DataSourceUtils;

/** Evicts connections of the application's Hikari pool, however wrapped. */
final class HikariConnectionEviction implements ConnectionEviction {

	private final HikariDataSource pool;

	HikariConnectionEviction(HikariDataSource pool) {
		this.pool = pool;
	}

	// Given back first: the pool closes at once what it evicts from somebody's hands, and
	// warns of whatever is still done with it then.
	@Override
	public void evict(Connection connection) throws SQLException {
		if (DataSourceUtils.getTargetConnection(connection) instanceof ProxyConnection own) {
			connection.close();
			this.pool.evictConnection(own);
		}
		else {
			ConnectionEviction.byCutting().evict(connection);
		}
	}

}
