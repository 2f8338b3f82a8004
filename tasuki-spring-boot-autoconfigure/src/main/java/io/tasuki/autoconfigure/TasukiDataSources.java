package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The two data sources of one database. A bean in their place, because a second bean of
 * type DataSource would make everything that asks for the only one step back.
 *
 * @param queue the application's: jobs are enqueued in its transactions
 * @param engine the worker's own connections
 * @param toClose what was made for the engine; {@code null} if it is somebody's bean
 */
record TasukiDataSources(DataSource queue, DataSource engine,
		@Nullable AutoCloseable toClose) implements AutoCloseable {

	@Override
	public void close() throws Exception {
		if (this.toClose != null) {
			this.toClose.close();
		}
	}

}
