package io.tasuki.postgres;

import java.time.Duration;

import javax.sql.DataSource;

import io.tasuki.store.CompletionStore;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerStores;

/**
 * Opens the stores of a worker, each on a connection that it takes from a data source and
 * keeps. The data source must be able to spare two connections and needs not be pooled.
 */
public final class PostgresWorkerStores implements WorkerStores {

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(15);

	/**
	 * Rows are never waited for, so this bounds the wait for somebody who alters a table.
	 */
	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

	private final DataSource dataSource;

	private final boolean archive;

	private final WorkerName worker;

	/**
	 * Creates stores of a worker that is named after its host and process.
	 * @param dataSource where the connections come from
	 * @param archive whether succeeded and cancelled jobs are archived, rather than
	 * deleted
	 */
	public PostgresWorkerStores(DataSource dataSource, boolean archive) {
		this(dataSource, archive, WorkerName.ofThisProcess());
	}

	/**
	 * Creates stores on a data source.
	 * @param dataSource where the connections come from
	 * @param archive whether succeeded and cancelled jobs are archived, rather than
	 * deleted
	 * @param worker what people call the worker
	 */
	public PostgresWorkerStores(DataSource dataSource, boolean archive, WorkerName worker) {
		this.dataSource = dataSource;
		this.archive = archive;
		this.worker = worker;
	}

	@Override
	public LeaseStore openLeaseStore() {
		return new PostgresLeaseStore(connection("tasuki claimer"), this.worker);
	}

	@Override
	public CompletionStore openCompletionStore() {
		return new PostgresCompletionStore(connection("tasuki completer"), this.archive);
	}

	private EngineConnection connection(String name) {
		return new EngineConnection(this.dataSource, name, STATEMENT_TIMEOUT, LOCK_TIMEOUT);
	}

}
