package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.tasuki.postgres.OutcomeStatements.Written;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.postgresql.PGStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Records outcomes on the connection of the calling thread's transaction, with the
 * statements that the completer uses.
 */
final class PostgresJoinedCompletionStore implements JoinedCompletionStore {

	private static final Logger logger = LoggerFactory.getLogger(PostgresJoinedCompletionStore.class);

	/** Longest statement in a transaction that sets no limit of its own. */
	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

	// From here on the job is locked. A process that stands still, or vanishes without a
	// word, must not keep it so.
	private static final String HURRY = "set local idle_in_transaction_session_timeout = '%d ms'";

	// Where the archive refuses, the handler's own writes must live on.
	private static final String SAVE = "; savepoint tasuki";

	private static final String FORGET = "rollback to savepoint tasuki";

	// What the handler said must not undo what it wrote. Other than the archive's, or
	// going
	// back to that one would take the reports along.
	private static final String SAVE_REPORTS = "; savepoint tasuki_reports";

	private static final String FORGET_REPORTS = "rollback to savepoint tasuki_reports";

	private final CallersTransaction transaction;

	private final boolean archive;

	private final String hurry;

	private final String prepare;

	/** Most applications have one data source, and none has many. */
	private final Map<DataSource, Statements> statements = new ConcurrentHashMap<>();

	PostgresJoinedCompletionStore(CallersTransaction transaction, boolean archive, Duration commitTimeout) {
		this.transaction = transaction;
		this.archive = archive;
		this.hurry = HURRY.formatted(commitTimeout.toMillis());
		this.prepare = this.hurry + (archive ? SAVE : "");
	}

	@Override
	public boolean covers(Object dataSource) {
		return dataSource instanceof DataSource candidate && this.transaction.isSameDatabase(candidate);
	}

	@Override
	public boolean keepsItsSnapshot() {
		Integer isolation = statements().jdbc
			.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
		return isolation != null && isolation > Connection.TRANSACTION_READ_COMMITTED;
	}

	@Override
	public Set<Lease> lock(Collection<Lease> leases) {
		return statements().lock(leases);
	}

	@Override
	public Completed complete(List<Completion> completions) {
		Statements statements = statements();
		if (Completions.haveReports(completions)) {
			writeOrForget(statements, OutcomeGroup.of(completions, this.archive).reports());
		}
		statements.jdbc.execute(this.prepare);
		Completed completed = write(statements, completions);
		// The statements pass over what is locked, as by a heartbeat or a cancel. Here
		// the jobs must be waited for.
		Set<Lease> locked = completed.absent().isEmpty() ? Set.of() : statements.lock(completed.absent());
		return locked.isEmpty() ? completed : completed.insteadOf(locked, write(statements,
				completions.stream().filter((completion) -> locked.contains(completion.lease())).toList()));
	}

	private void writeOrForget(Statements statements, Collection<Report> reports) {
		statements.jdbc.execute(this.hurry + SAVE_REPORTS);
		try {
			statements.write(reports);
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isDataError(ex)) {
				throw ex;
			}
			logger.warn("What a handler said of its job is refused by the database, and not kept", ex);
			statements.jdbc.execute(FORGET_REPORTS);
		}
	}

	private Completed write(Statements statements, List<Completion> completions) {
		Result result = writeOrForget(statements, completions);
		Set<Lease> absent = leases(completions);
		absent.removeAll(result.written.leases());
		return new Completed(result.written.leases(), Set.of(), absent, result.written.returned(),
				result.written.cancelled(), result.archived);
	}

	private static Set<Lease> leases(List<Completion> completions) {
		return completions.stream().map(Completion::lease).collect(Collectors.toCollection(HashSet::new));
	}

	private Result writeOrForget(Statements statements, List<Completion> completions) {
		if (!this.archive) {
			return new Result(statements.write(completions, false), true);
		}
		try {
			return new Result(statements.write(completions, true), true);
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isArchiveFailure(ex)) {
				throw ex;
			}
			statements.jdbc.execute(FORGET);
			return new Result(statements.write(completions, false), false);
		}
	}

	@Override
	public void failed(Throwable failure) {
		this.transaction.evictUnfit(failure);
	}

	private Statements statements() {
		DataSource covering = this.transaction.covering();
		if (covering == null) {
			throw new IllegalStateException("The current transaction does not cover the queue's data source");
		}
		return this.statements.computeIfAbsent(covering, Statements::new);
	}

	private record Result(Written written, boolean archived) {
	}

	/** The statements on the connections of one data source. */
	private static final class Statements {

		private final JdbcTemplate jdbc;

		private final OutcomeStatements outcomes;

		private final WriteReports writeReports;

		private final LockJob lockJob;

		private final LockJobs lockJobs;

		Statements(DataSource dataSource) {
			this.jdbc = new PlannedAnew(dataSource);
			this.outcomes = new OutcomeStatements(this.jdbc);
			this.writeReports = new WriteReports(this.jdbc);
			this.lockJob = new LockJob(this.jdbc);
			this.lockJobs = new LockJobs(this.jdbc);
		}

		Set<Lease> lock(Collection<Lease> leases) {
			if (leases.size() > 1) {
				return this.lockJobs.run(leases);
			}
			return leases.stream().filter(this.lockJob::run).collect(Collectors.toSet());
		}

		/** Waits for rows that are locked, as by a heartbeat. */
		void write(Collection<Report> reports) {
			Set<Lease> written = this.writeReports.run(reports);
			List<Report> left = reports.stream().filter((report) -> !written.contains(report.lease())).toList();
			if (!left.isEmpty()) {
				lock(left.stream().map(Report::lease).toList());
				this.writeReports.run(left);
			}
		}

		Written write(List<Completion> completions, boolean archive) {
			return this.outcomes.run(OutcomeGroup.of(completions, archive), archive);
		}

	}

	/**
	 * Has each statement planned anew: the application's connections have no planner
	 * guards, and a plan made while the queue was empty would scan it once it has filled.
	 */
	private static final class PlannedAnew extends JdbcTemplate {

		PlannedAnew(DataSource dataSource) {
			super(dataSource, true);
			setQueryTimeout((int) STATEMENT_TIMEOUT.toSeconds());
		}

		@Override
		protected void applyStatementSettings(Statement statement) throws SQLException {
			super.applyStatementSettings(statement);
			if (statement.isWrapperFor(PGStatement.class)) {
				statement.unwrap(PGStatement.class).setPrepareThreshold(0);
			}
		}

	}

}
