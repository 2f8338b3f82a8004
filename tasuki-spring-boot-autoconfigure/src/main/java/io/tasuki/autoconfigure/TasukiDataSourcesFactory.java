package io.tasuki.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Chooses the data sources among the application's beans. */
final class TasukiDataSourcesFactory {

	private final ListableBeanFactory beanFactory;

	private final EngineDataSourceFactory engines;

	TasukiDataSourcesFactory(ListableBeanFactory beanFactory, EngineDataSourceFactory engines) {
		this.beanFactory = beanFactory;
		this.engines = engines;
	}

	/**
	 * Chooses.
	 * @param markedQueue beans marked as the queue's
	 * @param markedEngine beans marked as the worker's
	 * @throws NoQueueDataSourceException if there is none, or several and none is chosen
	 */
	TasukiDataSources create(ObjectProvider<DataSource> markedQueue, ObjectProvider<DataSource> markedEngine) {
		DataSource queue = queue(markedQueue);
		DataSource marked = markedEngine.getIfAvailable();
		return new TasukiDataSources(queue,
				(marked != null) ? marked : this.engines.create(queue, detailsOfOnlyDataSource()));
	}

	private DataSource queue(ObjectProvider<DataSource> markedQueue) {
		DataSource marked = markedQueue.getIfAvailable();
		if (marked != null) {
			return marked;
		}
		DataSource only = this.beanFactory.getBeanProvider(DataSource.class).getIfUnique();
		if (only == null) {
			throw new NoQueueDataSourceException(names());
		}
		return only;
	}

	// Beside several data sources they may be another one's.
	private @Nullable JdbcConnectionDetails detailsOfOnlyDataSource() {
		return (names().size() == 1) ? this.beanFactory.getBeanProvider(JdbcConnectionDetails.class).getIfUnique()
				: null;
	}

	private List<String> names() {
		return List.of(this.beanFactory.getBeanNamesForType(DataSource.class));
	}

}
