package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.DisposableBean;

/**
 * The two data sources of one database, as one bean: a second bean of type DataSource
 * would make everything step back that asks for the only one.
 */
final class TasukiDataSources implements DisposableBean {

	private final DataSource queue;

	private final DataSource engine;

	private final boolean engineIsOwn;

	/**
	 * Holds data sources.
	 * @param queue the application's: jobs are enqueued in its transactions
	 * @param engine source of the worker's own connections
	 * @param engineIsOwn whether it was made for this and is to be closed with it
	 */
	TasukiDataSources(DataSource queue, DataSource engine, boolean engineIsOwn) {
		this.queue = queue;
		this.engine = engine;
		this.engineIsOwn = engineIsOwn;
	}

	DataSource queue() {
		return this.queue;
	}

	DataSource engine() {
		return this.engine;
	}

	@Override
	public void destroy() throws Exception {
		if (this.engineIsOwn && this.engine instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

}
