package io.tasuki.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.tasuki.postgres.OutcomeStatements.Written;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Fate;
import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records outcomes, one statement for each way a job can go. When the archive refuses,
 * jobs complete without it, and it is asked again a little later.
 */
final class PostgresCompletionStore implements CompletionStore {

	/** Asking a locked archive costs its lock timeout, so not every group may ask. */
	static final Duration ARCHIVE_PAUSE = Duration.ofSeconds(1);

	/** Leases whose fates are asked for at once, and how long more are asked for. */
	private static final int FATES = 100;

	private static final Duration LONGEST_INQUIRY = Duration.ofSeconds(5);

	// The archive's only index is read by bitmaps, which the connection is guarded
	// against.
	private static final String FOR_FATES = """
			select set_config('enable_bitmapscan', 'on', true) || set_config('statement_timeout', '5s', true)
			""";

	private static final String QUERY_CANCELED = "57014";

	private static final Logger logger = LoggerFactory.getLogger(PostgresCompletionStore.class);

	private final EngineConnection connection;

	private final boolean archive;

	private final TransactionTemplate transactions;

	private final OutcomeStatements statements;

	private final WriteReports writeReports;

	private final FindHeldLeases findHeldLeases;

	private final FindFates findFates;

	private final JdbcOperations jdbc;

	/** Leases whose outcome the server refuses, so that each is logged once. */
	private final Set<Lease> refused = new HashSet<>();

	private boolean archiving = true;

	private long archiveFailedAt;

	PostgresCompletionStore(EngineConnection connection, boolean archive) {
		JdbcOperations jdbc = new JdbcTemplate(connection, true);
		this.jdbc = jdbc;
		this.connection = connection;
		this.archive = archive;
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(connection));
		this.statements = new OutcomeStatements(jdbc);
		this.writeReports = new WriteReports(jdbc);
		this.findHeldLeases = new FindHeldLeases(jdbc);
		this.findFates = new FindFates(jdbc);
	}

	@Override
	public Completed complete(List<Completion> completions) {
		if (completions.isEmpty()) {
			return new Completed(Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), this.archiving);
		}
		try {
			return this.connection.use(() -> completeTogether(completions));
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isDataError(ex)) {
				throw ex;
			}
			return (completions.size() > 1) ? completeApart(completions) : completeAnyway(completions.get(0), ex);
		}
	}

	private Completed completeTogether(List<Completion> completions) {
		Written written = write(completions);
		Set<Lease> missing = missing(completions, written);
		Set<Lease> locked = this.findHeldLeases.run(missing);
		missing.removeAll(locked);
		this.refused.removeAll(written.leases());
		return new Completed(written.leases(), locked, missing, written.returned(), written.cancelled(),
				this.archiving);
	}

	private static Set<Lease> missing(List<Completion> completions, Written written) {
		Set<Lease> missing = new HashSet<>();
		if (written.leases().size() < completions.size()) {
			completions.forEach((completion) -> missing.add(completion.lease()));
			missing.removeAll(written.leases());
		}
		return missing;
	}

	/**
	 * Halves a group until the row that the server refuses stands alone: it must not hold
	 * up the others.
	 */
	private Completed completeApart(List<Completion> completions) {
		int half = completions.size() / 2;
		Completed first = complete(completions.subList(0, half));
		return first.and(complete(completions.subList(half, completions.size())));
	}

	/**
	 * What a handler said must not keep its job from its end.
	 */
	private Completed completeAnyway(Completion completion, RuntimeException ex) {
		Lease lease = completion.lease();
		if (completion.report() == null) {
			return refused(lease, ex);
		}
		Completed completed = complete(List.of(completion.withReport(null)));
		if (completed.written().contains(lease)) {
			logger.warn("What the handler of job {} said of it is refused by the database, and not kept", lease.id(),
					ex);
		}
		return completed;
	}

	private Completed refused(Lease lease, RuntimeException ex) {
		if (this.refused.add(lease)) {
			logger.error("The outcome of job {} cannot be recorded because of what its row holds; it is tried again"
					+ " until somebody corrects the row", lease.id(), ex);
		}
		return new Completed(Set.of(), Set.of(lease), Set.of(), Map.of(), Set.of(), this.archiving);
	}

	private Written write(List<Completion> completions) {
		if (!this.archive || isArchivePaused()) {
			return write(completions, false);
		}
		try {
			Written written = write(completions, true);
			if (!written.archived().isEmpty()) {
				archiveTook();
			}
			return written;
		}
		catch (RuntimeException ex) {
			if (ex instanceof UnwrittenReports || !SqlStates.isArchiveFailure(ex)) {
				throw ex;
			}
			Written written = write(completions, false);
			archiveRefused(ex);
			return written;
		}
	}

	private boolean isArchivePaused() {
		return !this.archiving && System.nanoTime() - this.archiveFailedAt < ARCHIVE_PAUSE.toNanos();
	}

	private void archiveTook() {
		if (!this.archiving) {
			this.archiving = true;
			logger.info("The archive takes jobs again");
		}
	}

	private void archiveRefused(RuntimeException refusal) {
		this.archiveFailedAt = System.nanoTime();
		if (this.archiving) {
			this.archiving = false;
			logger.warn("The archive refuses jobs: {}. They complete without archive rows until it takes them again",
					NestedExceptionUtils.getMostSpecificCause(refusal).getMessage());
			logger.debug("The archive's refusal", refusal);
		}
	}

	private Written write(List<Completion> completions, boolean archive) {
		OutcomeGroup group = OutcomeGroup.of(completions, archive);
		List<Report> reports = group.reports();
		if (!reports.isEmpty()) {
			return writeWith(reports, completions, archive);
		}
		if (group.isOneStatement()) {
			return this.statements.run(group, archive);
		}
		Written written = this.transactions.execute((status) -> this.statements.run(group, archive));
		return (written != null) ? written : Written.NOTHING;
	}

	/**
	 * Writes the reports first, in the same transaction: a heartbeat that comes late with
	 * older ones finds the rows locked, or the leases gone. Where a report could not be
	 * written, because the row is locked, the outcome waits.
	 */
	private Written writeWith(List<Report> reports, List<Completion> completions, boolean archive) {
		Written written = this.transactions.execute((status) -> {
			Set<Lease> unwritten = reports.stream().map(Report::lease).collect(Collectors.toSet());
			unwritten.removeAll(writeReports(reports));
			List<Completion> ready = unwritten.isEmpty() ? completions
					: completions.stream().filter((completion) -> !unwritten.contains(completion.lease())).toList();
			return this.statements.run(OutcomeGroup.of(ready, archive), archive);
		});
		return (written != null) ? written : Written.NOTHING;
	}

	private Set<Lease> writeReports(List<Report> reports) {
		try {
			return this.writeReports.run(reports);
		}
		catch (DataAccessException ex) {
			throw new UnwrittenReports(ex);
		}
	}

	@Override
	public Map<Lease, Fate> fates(Map<Lease, Integer> attemptsUsed, Duration since) {
		Map<Lease, Fate> fates = new HashMap<>();
		List<Lease> leases = new ArrayList<>(attemptsUsed.keySet());
		long begin = System.nanoTime();
		for (int from = 0; from < leases.size()
				&& System.nanoTime() - begin < LONGEST_INQUIRY.toNanos(); from += FATES) {
			Map<Lease, Integer> some = new HashMap<>();
			leases.subList(from, Math.min(from + FATES, leases.size()))
				.forEach((lease) -> some.put(lease, attemptsUsed.get(lease)));
			fates.putAll(findFatesIfAllowed(some, since));
		}
		return fates;
	}

	private Map<Lease, Fate> findFatesIfAllowed(Map<Lease, Integer> attemptsUsed, Duration since) {
		try {
			return this.connection.use(() -> findFates(attemptsUsed, since));
		}
		catch (RuntimeException ex) {
			if (SqlStates.isRefusal(ex) || QUERY_CANCELED.equals(SqlStates.of(ex))) {
				logger.debug("What became of {} outcomes cannot be found", attemptsUsed.size(), ex);
				return Map.of();
			}
			throw ex;
		}
	}

	private Map<Lease, Fate> findFates(Map<Lease, Integer> attemptsUsed, Duration since) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			this.jdbc.queryForObject(FOR_FATES, String.class);
			return this.findFates.run(attemptsUsed, since);
		}));
	}

	@Override
	public void close() {
		this.connection.close();
	}

	/** Tells a refusal of what handlers said from one of the archive. */
	private static final class UnwrittenReports extends DataAccessException {

		private static final long serialVersionUID = 1L;

		UnwrittenReports(DataAccessException cause) {
			super("What handlers said cannot be written", cause);
		}

	}

}
