package io.tasuki.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records outcomes, one statement for each way a job can go. A group that meets a row
 * somebody has locked is written again without it, and as long as that goes on, rows are
 * locked before they are written. When the archive refuses, jobs complete without it, and
 * it is asked again a little later.
 */
final class PostgresCompletionStore implements CompletionStore {

	/** Asking a locked archive costs its lock timeout, so not every group may ask. */
	static final Duration ARCHIVE_PAUSE = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(PostgresCompletionStore.class);

	private final EngineConnection connection;

	private final boolean archive;

	private final TransactionTemplate transactions;

	private final ArchiveCompletedJobs archiveCompletedJobs;

	private final DeleteCompletedJobs deleteCompletedJobs;

	private final ReturnJobs returnJobs;

	private final BuryJobs buryJobs;

	private final LockHeldJobs lockHeldJobs;

	private final FindHeldLeases findHeldLeases;

	/** Whether the latest group met a locked row, so that the next will probably too. */
	private boolean rowsLocked;

	private boolean archiving = true;

	private long archiveFailedAt;

	PostgresCompletionStore(EngineConnection connection, boolean archive) {
		JdbcOperations jdbc = new JdbcTemplate(connection, true);
		this.connection = connection;
		this.archive = archive;
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(connection));
		this.archiveCompletedJobs = new ArchiveCompletedJobs(jdbc);
		this.deleteCompletedJobs = new DeleteCompletedJobs(jdbc);
		this.returnJobs = new ReturnJobs(jdbc);
		this.buryJobs = new BuryJobs(jdbc);
		this.lockHeldJobs = new LockHeldJobs(jdbc);
		this.findHeldLeases = new FindHeldLeases(jdbc);
	}

	@Override
	public Completed complete(List<Completion> completions) {
		if (completions.isEmpty()) {
			return new Completed(Set.of(), Set.of(), Set.of(), Map.of(), this.archiving);
		}
		return this.connection.use(() -> {
			Written written = write(Group.of(completions));
			Set<Lease> missing = new HashSet<>();
			completions.forEach((completion) -> missing.add(completion.lease()));
			missing.removeAll(written.leases());
			Set<Lease> locked = this.findHeldLeases.run(missing);
			missing.removeAll(locked);
			this.rowsLocked = !locked.isEmpty();
			return new Completed(written.leases(), locked, missing, written.returned(), this.archiving);
		});
	}

	/**
	 * Tries what is fastest first, and then what cannot be refused.
	 */
	private Written write(Group group) {
		boolean archive = this.archive && !isArchivePaused();
		boolean lockFirst = this.rowsLocked;
		RuntimeException refusal = null;
		while (true) {
			try {
				Written written = write(group, archive, lockFirst);
				judgeArchive(archive && !group.finished().isEmpty(), refusal);
				return written;
			}
			catch (RuntimeException ex) {
				if (!lockFirst && SqlStates.isLockTimeout(ex)) {
					lockFirst = true;
				}
				else if (archive && !group.finished().isEmpty() && SqlStates.isArchiveFailure(ex)) {
					archive = false;
					refusal = ex;
				}
				else {
					throw ex;
				}
			}
		}
	}

	private boolean isArchivePaused() {
		return !this.archiving && System.nanoTime() - this.archiveFailedAt < ARCHIVE_PAUSE.toNanos();
	}

	private void judgeArchive(boolean taken, @Nullable RuntimeException refusal) {
		if (refusal != null) {
			archiveRefused(refusal);
		}
		else if (taken && !this.archiving) {
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

	private Written write(Group group, boolean archive, boolean lockFirst) {
		if (lockFirst) {
			return inTransaction(() -> run(group.only(this.lockHeldJobs.run(group.leases())), archive));
		}
		return (group.isOfOneKind()) ? run(group, archive) : inTransaction(() -> run(group, archive));
	}

	private Written inTransaction(Supplier<Written> statements) {
		Written written = this.transactions.execute((status) -> statements.get());
		return (written != null) ? written : Written.NOTHING;
	}

	private Written run(Group group, boolean archive) {
		Set<Lease> leases = new HashSet<>();
		Map<Lease, Returned> returned = new HashMap<>();
		if (!group.finished().isEmpty()) {
			leases.addAll((archive) ? this.archiveCompletedJobs.run(group.finished())
					: this.deleteCompletedJobs.run(group.finished()));
		}
		if (!group.returning().isEmpty()) {
			returned.putAll(this.returnJobs.run(group.returning()));
			leases.addAll(returned.keySet());
		}
		if (!group.dead().isEmpty()) {
			leases.addAll(this.buryJobs.run(group.dead()));
		}
		return new Written(leases, returned);
	}

	@Override
	public void close() {
		this.connection.close();
	}

	/**
	 * Completions by the way their jobs go.
	 */
	private record Group(List<Completion> finished, List<Completion> returning, List<Completion> dead) {

		static Group of(List<Completion> completions) {
			Group group = new Group(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
			completions.forEach(group::add);
			return group;
		}

		private void add(Completion completion) {
			if (completion.outcome() instanceof Outcome.Succeeded
					|| completion.outcome() instanceof Outcome.Cancelled) {
				this.finished.add(completion);
			}
			else if (completion.outcome() instanceof Outcome.Dead) {
				this.dead.add(completion);
			}
			else {
				this.returning.add(completion);
			}
		}

		List<Lease> leases() {
			return Stream.of(this.finished, this.returning, this.dead)
				.flatMap(List::stream)
				.map(Completion::lease)
				.toList();
		}

		Group only(Set<Lease> leases) {
			return of(Stream.of(this.finished, this.returning, this.dead)
				.flatMap(List::stream)
				.filter((completion) -> leases.contains(completion.lease()))
				.toList());
		}

		/** A single statement needs no transaction around it. */
		boolean isOfOneKind() {
			return (this.finished.isEmpty() ? 0 : 1) + (this.returning.isEmpty() ? 0 : 1)
					+ (this.dead.isEmpty() ? 0 : 1) == 1;
		}

	}

	private record Written(Set<Lease> leases, Map<Lease, Returned> returned) {

		static final Written NOTHING = new Written(Set.of(), Map.of());

	}

}
