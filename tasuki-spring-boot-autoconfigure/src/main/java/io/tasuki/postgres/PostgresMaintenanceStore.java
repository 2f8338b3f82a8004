package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntSupplier;

import javax.sql.DataSource;

import io.tasuki.store.MaintenanceStore;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the archive, the dead letters and the owners in order. Borrows a connection for
 * each call; its timeouts end with the transaction. Safe for use by many threads.
 */
public final class PostgresMaintenanceStore implements MaintenanceStore {

	/** Keeps instances from making or dropping the same partition at once. */
	private static final long LOCK = 0x7461_7375_6b69_0002L;

	// Whoever waits for a lock on the archive holds up the completions behind it.
	private static final String SHORT_WAITS = """
			select set_config('lock_timeout', '200ms', true), set_config('statement_timeout', '30s', true)
			""";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	/**
	 * Creates a store on a data source whose role owns the archive.
	 */
	public PostgresMaintenanceStore(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource, true);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@Override
	public List<LocalDate> missingArchiveDays(int daysAhead) {
		return new FindMissingArchiveDays(this.jdbc).run(daysAhead);
	}

	@Override
	public void addArchiveDay(LocalDate day) {
		alone(() -> {
			if (!new HasArchiveDay(this.jdbc).run(day)) {
				new AddArchiveDay(this.jdbc).run(day);
			}
		});
	}

	@Override
	public List<LocalDate> expiredArchiveDays(Duration retention) {
		return new FindExpiredArchiveDays(this.jdbc).run(retention);
	}

	@Override
	public void dropArchiveDay(LocalDate day) {
		alone(() -> {
			if (new HasArchiveDay(this.jdbc).run(day)) {
				new DropArchiveDay(this.jdbc).run(day);
			}
		});
	}

	private void alone(Runnable change) {
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.query(SHORT_WAITS, (row) -> {
			});
			Boolean locked = this.jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK);
			if (Boolean.TRUE.equals(locked)) {
				change.run();
			}
		});
	}

	@Override
	public int pruneDead(Duration retention, int limit) {
		return prune(() -> new PruneDeadJobs(this.jdbc).run(retention, limit));
	}

	@Override
	public int pruneOwners(Duration retention, int limit) {
		return prune(() -> new PruneOwners(this.jdbc).run(retention, limit));
	}

	private int prune(IntSupplier page) {
		Integer pruned = this.transactions.execute((status) -> {
			this.jdbc.query(SHORT_WAITS, (row) -> {
			});
			return page.getAsInt();
		});
		return (pruned != null) ? pruned : 0;
	}

}
