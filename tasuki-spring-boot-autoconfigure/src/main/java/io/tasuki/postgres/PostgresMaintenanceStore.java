package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.store.MaintenanceStore;
import io.tasuki.store.Position;
import io.tasuki.store.Pruned;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the archive, the dead letters and the owners in order. Borrows a connection for
 * each call, whose timeouts end with the transaction, and another one for a round: an
 * open transaction without a snapshot holds the advisory lock that says whose turn it is,
 * which no pooler gives to somebody else. Safe for use by many threads.
 */
public final class PostgresMaintenanceStore implements MaintenanceStore {

	/** Keeps instances from making or dropping the same partition at once. */
	private static final long LOCK = 0x7461_7375_6b69_0002L;

	/** Keeps instances from doing maintenance at once. */
	private static final long ROUND_LOCK = 0x7461_7375_6b69_0003L;

	private static final String TAKE_TURN = "select pg_try_advisory_xact_lock(?)";

	// The server lets go of the round's lock when the connection ends, as that of a dead
	// process does; where it does not notice that, after this. Must be the last statement
	// before the round: the one before it keeps its snapshot until another one follows.
	private static final String KEEP_TURN = "set local idle_in_transaction_session_timeout = '15min'";

	// Whoever waits for a lock on the archive holds up the completions behind it.
	private static final WaitBounds BOUNDS = new WaitBounds(Duration.ofMillis(200), Duration.ofSeconds(30));

	private final JdbcTemplate jdbc;

	private final TransactionTemplate round;

	private final TransactionTemplate transactions;

	/**
	 * Creates a store on a data source whose role owns the archive.
	 */
	public PostgresMaintenanceStore(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource, true);
		JdbcTransactionManager transactionManager = new JdbcTransactionManager(dataSource);
		this.round = new TransactionTemplate(transactionManager);
		this.round.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.round.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.transactions = new TransactionTemplate(transactionManager);
		// Each statement commits by itself, also inside a round.
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	@Override
	public boolean runAlone(Runnable round) {
		return Boolean.TRUE.equals(this.round.execute((status) -> {
			BOUNDS.apply(this.jdbc);
			boolean ours = Boolean.TRUE.equals(this.jdbc.queryForObject(TAKE_TURN, Boolean.class, ROUND_LOCK));
			if (ours) {
				this.jdbc.execute(KEEP_TURN);
				round.run();
			}
			return ours;
		}));
	}

	@Override
	public List<LocalDate> missingArchiveDays(int daysAhead) {
		return bounded(() -> new FindMissingArchiveDays(this.jdbc).run(daysAhead));
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
		return bounded(() -> new FindExpiredArchiveDays(this.jdbc).run(retention));
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
		bounded(() -> {
			Boolean locked = this.jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK);
			if (Boolean.TRUE.equals(locked)) {
				change.run();
			}
			return true;
		});
	}

	@Override
	public Pruned pruneDead(Duration retention, Position after, int limit) {
		List<Position> page = bounded(() -> new FindExpiredDeadJobs(this.jdbc).run(retention, after, limit));
		Map<JobId, String> refused = new LinkedHashMap<>();
		int deleted = pruneDead(page, retention, refused);
		return new Pruned(deleted, refused, (page.size() < limit) ? null : page.get(page.size() - 1));
	}

	/**
	 * Halves a group until the row that the server does not let go stands alone.
	 */
	private int pruneDead(List<Position> letters, Duration retention, Map<JobId, String> refused) {
		if (letters.isEmpty()) {
			return 0;
		}
		try {
			return bounded(() -> new PruneDeadJobs(this.jdbc).run(letters, retention));
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isDataError(ex)) {
				throw ex;
			}
			if (letters.size() == 1) {
				String message = NestedExceptionUtils.getMostSpecificCause(ex).getMessage();
				refused.put(new JobId(letters.get(0).id()), String.valueOf(message));
				return 0;
			}
		}
		int half = letters.size() / 2;
		return pruneDead(letters.subList(0, half), retention, refused)
				+ pruneDead(letters.subList(half, letters.size()), retention, refused);
	}

	@Override
	public int pruneOwners(Duration retention, int limit) {
		return bounded(() -> new PruneOwners(this.jdbc).run(retention, limit));
	}

	private <T> T bounded(Supplier<T> work) {
		T result = this.transactions.execute((status) -> {
			BOUNDS.apply(this.jdbc);
			return work.get();
		});
		return Objects.requireNonNull(result);
	}

}
