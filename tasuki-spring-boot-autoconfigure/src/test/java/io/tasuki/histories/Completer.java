package io.tasuki.histories;

import java.sql.SQLException;

import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.store.CompletionStore;

/** A worker's side of completing: its store and its connection. */
final class Completer implements AutoCloseable {

	private final BreakableDataSource dataSource;

	private final boolean archive;

	private CompletionStore store;

	Completer(BreakableDataSource dataSource, boolean archive) {
		this.dataSource = dataSource;
		this.archive = archive;
		this.store = open();
	}

	private CompletionStore open() {
		return new PostgresWorkerStores(this.dataSource, this.archive).openCompletionStore();
	}

	/** Decides about the next statement. */
	CompletionStore store(Fault fault) {
		this.dataSource.decide(fault);
		return this.store;
	}

	void reopen() {
		this.dataSource.decide(Fault.NONE);
		this.store.close();
		this.store = open();
	}

	@Override
	public void close() throws SQLException {
		this.store.close();
		this.dataSource.close();
	}

}
