package io.tasuki.histories;

import java.sql.SQLException;
import java.util.Map;

import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker's side of claiming: its store, its connection and the owner it claims under.
 */
final class Owner implements AutoCloseable {

	private final BreakableDataSource dataSource;

	private final WorkerName name;

	private final Map<Long, WorkerName> workers;

	private LeaseStore store;

	private @Nullable Long number;

	/**
	 * Creates an owner that has not claimed yet.
	 * @param workers who claimed under each number that was ever claimed under
	 */
	Owner(BreakableDataSource dataSource, String name, Map<Long, WorkerName> workers) {
		this.dataSource = dataSource;
		this.name = new WorkerName(name);
		this.workers = workers;
		this.store = open();
	}

	private LeaseStore open() {
		return new PostgresWorkerStores(this.dataSource, true, this.name).openLeaseStore();
	}

	LeaseStore store() {
		return this.store;
	}

	/** Decides about the next statement. */
	LeaseStore store(Fault fault) {
		this.dataSource.decide(fault);
		return this.store;
	}

	/** Returns the number leases are granted under; {@code null} if there is none yet. */
	@Nullable Long number() {
		return this.number;
	}

	/** Something was claimed under this number: the same as before, or a fresh one. */
	void claimedUnder(long number) {
		if (this.number != null) {
			assertThat(number).as("owner on the same connection").isEqualTo(this.number);
			return;
		}
		assertThat(this.workers.put(number, this.name)).as("who claimed under %d before", number).isNull();
		this.number = number;
	}

	/** From now on it claims under another number. */
	void change() {
		this.number = null;
	}

	void reopen() {
		this.dataSource.decide(Fault.NONE);
		this.store.close();
		this.store = open();
		this.number = null;
	}

	@Override
	public void close() throws SQLException {
		this.store.close();
		this.dataSource.close();
	}

}
