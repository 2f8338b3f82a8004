package io.tasuki.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Fate;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
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

	private final ArchiveSucceededJobs archiveSucceededJobs;

	private final ArchiveCancelledJobs archiveCancelledJobs;

	private final DeleteCompletedJobs deleteCompletedJobs;

	private final ReturnJobs returnJobs;

	private final BuryJobs buryJobs;

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
		this.archiveSucceededJobs = new ArchiveSucceededJobs(jdbc);
		this.archiveCancelledJobs = new ArchiveCancelledJobs(jdbc);
		this.deleteCompletedJobs = new DeleteCompletedJobs(jdbc);
		this.returnJobs = new ReturnJobs(jdbc);
		this.buryJobs = new BuryJobs(jdbc);
		this.findHeldLeases = new FindHeldLeases(jdbc);
		this.findFates = new FindFates(jdbc);
	}

	@Override
	public Completed complete(List<Completion> completions) {
		if (completions.isEmpty()) {
			return new Completed(Set.of(), Set.of(), Set.of(), Map.of(), this.archiving);
		}
		try {
			return this.connection.use(() -> completeTogether(completions));
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isDataError(ex)) {
				throw ex;
			}
			return (completions.size() > 1) ? completeApart(completions) : refused(completions.get(0).lease(), ex);
		}
	}

	private Completed completeTogether(List<Completion> completions) {
		Written written = write(Group.of(completions));
		Set<Lease> missing = new HashSet<>();
		completions.forEach((completion) -> missing.add(completion.lease()));
		missing.removeAll(written.leases());
		Set<Lease> locked = this.findHeldLeases.run(missing);
		missing.removeAll(locked);
		this.refused.removeAll(written.leases());
		return new Completed(written.leases(), locked, missing, written.returned(), this.archiving);
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

	private Completed refused(Lease lease, RuntimeException ex) {
		if (this.refused.add(lease)) {
			logger.error("The outcome of job {} cannot be recorded because of what its row holds; it is tried again"
					+ " until somebody corrects the row", lease.id(), ex);
		}
		return new Completed(Set.of(), Set.of(lease), Set.of(), Map.of(), this.archiving);
	}

	private Written write(Group group) {
		if (!this.archive || !group.finishesJobs() || isArchivePaused()) {
			return write(group, false);
		}
		try {
			Written written = write(group, true);
			archiveTook();
			return written;
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isArchiveFailure(ex)) {
				throw ex;
			}
			Written written = write(group, false);
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

	private Written write(Group group, boolean archive) {
		if (group.isOfOneKind()) {
			return run(group, archive);
		}
		Written written = this.transactions.execute((status) -> run(group, archive));
		return (written != null) ? written : Written.NOTHING;
	}

	private Written run(Group group, boolean archive) {
		Written written = new Written(new HashSet<>(), new HashMap<>());
		if (group.finishesJobs()) {
			written.leases().addAll((archive) ? archive(group) : this.deleteCompletedJobs.run(group.finished()));
		}
		if (!group.returning().isEmpty()) {
			written.returned().putAll(this.returnJobs.run(group.returning()));
			written.leases().addAll(written.returned().keySet());
		}
		if (!group.dead().isEmpty()) {
			written.leases().addAll(this.buryJobs.run(group.dead()));
		}
		return written;
	}

	private Set<Lease> archive(Group group) {
		if (group.cancelled().isEmpty()) {
			return this.archiveSucceededJobs.run(group.succeeded());
		}
		Set<Lease> archived = new HashSet<>(this.archiveCancelledJobs.run(group.cancelled()));
		if (!group.succeeded().isEmpty()) {
			archived.addAll(this.archiveSucceededJobs.run(group.succeeded()));
		}
		return archived;
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

	/**
	 * Completions by the way their jobs go.
	 */
	private record Group(List<Completion> succeeded, List<Completion> cancelled, List<Completion> returning,
			List<Completion> dead) {

		static Group of(List<Completion> completions) {
			Group group = new Group(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			completions.forEach((completion) -> group.listOf(completion.outcome()).add(completion));
			return group;
		}

		private List<Completion> listOf(Outcome outcome) {
			if (outcome instanceof Outcome.Succeeded) {
				return this.succeeded;
			}
			if (outcome instanceof Outcome.Cancelled) {
				return this.cancelled;
			}
			return (outcome instanceof Outcome.Dead) ? this.dead : this.returning;
		}

		boolean finishesJobs() {
			return !this.succeeded.isEmpty() || !this.cancelled.isEmpty();
		}

		List<Completion> finished() {
			return Stream.concat(this.succeeded.stream(), this.cancelled.stream()).toList();
		}

		/** A single statement needs no transaction around it. */
		boolean isOfOneKind() {
			return Stream.of(this.succeeded, this.cancelled, this.returning, this.dead)
				.filter((completions) -> !completions.isEmpty())
				.count() == 1;
		}

	}

	private record Written(Set<Lease> leases, Map<Lease, Returned> returned) {

		static final Written NOTHING = new Written(Set.of(), Map.of());

	}

}
