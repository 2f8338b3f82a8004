package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.postgres.ConnectionEviction;

/**
 * The two data sources of one database, as one bean: a second bean of type DataSource
 * would make everything step back that asks for the only one.
 *
 * @param queue the application's: jobs are enqueued in its transactions
 * @param engine source of the worker's own connections; holds nothing that would have to
 * be closed, or is closed by whoever made it
 */
record TasukiDataSources(DataSource queue, DataSource engine) {

	/**
	 * Returns what takes a connection out of the application's pool.
	 */
	ConnectionEviction eviction() {
		if (EngineDataSourceFactory.HIKARI) {
			HikariDataSource pool = HikariEngineDataSource.unwrap(this.queue);
			if (pool != null) {
				return new HikariConnectionEviction(pool);
			}
		}
		return ConnectionEviction.byCutting();
	}

}
