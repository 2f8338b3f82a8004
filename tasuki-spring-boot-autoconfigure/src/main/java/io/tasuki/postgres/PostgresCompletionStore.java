package io.tasuki.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;

/**
 * Records outcomes, one statement for each way a job can go. When the archive refuses,
 * jobs complete without it, and it is asked again a little later.
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

	private final FindHeldLeases findHeldLeases;

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
			return new Completed(written.leases(), locked, missing, written.returned(), this.archiving);
		});
	}

	private Written write(Group group) {
		if (!this.archive || group.finished().isEmpty() || isArchivePaused()) {
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

	private void archiveRefused(RuntimeException failure) {
		this.archiveFailedAt = System.nanoTime();
		if (this.archiving) {
			this.archiving = false;
			logger.warn("The archive refuses jobs; they complete without archive rows until it takes them again",
					failure);
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
