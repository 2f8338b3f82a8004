package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.tasuki.Cancellation;
import io.tasuki.FoundJob;
import io.tasuki.JobId;
import io.tasuki.RetentionMode;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobStore;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.NewJob;
import io.tasuki.store.OperationsStore;
import io.tasuki.store.QueueSettingsStore;

/**
 * The jobs in PostgreSQL, for those who enqueue and ask. Works on the connection of the
 * caller's transaction where a Spring transaction manager holds one for the data source,
 * or for a proxy or target of it.
 */
public final class PostgresJobStore implements JobStore {

	private final CallersTransaction transaction;

	private final boolean archive;

	private final Predicate<String> archiveOfQueue;

	/**
	 * Creates a store that archives what is cancelled and cuts connections whose server
	 * takes no writes any more.
	 * @param dataSource the application's data source that holds the queue
	 * @param allowUnrelatedTransaction whether to enqueue inside a transaction that does
	 * not cover this data source, committing at once
	 */
	public PostgresJobStore(DataSource dataSource, boolean allowUnrelatedTransaction) {
		this(dataSource, allowUnrelatedTransaction, true, ConnectionEviction.byCutting());
	}

	/**
	 * Creates a store.
	 * @param dataSource the application's data source that holds the queue
	 * @param allowUnrelatedTransaction whether to enqueue and cancel inside a transaction
	 * that does not cover this data source, committing at once
	 * @param archive whether succeeded and cancelled jobs go to the archive, rather than
	 * being deleted
	 * @param eviction takes connections out of the data source's pool whose server became
	 * read-only or shuts down
	 */
	public PostgresJobStore(DataSource dataSource, boolean allowUnrelatedTransaction, boolean archive,
			ConnectionEviction eviction) {
		this(dataSource, allowUnrelatedTransaction, archive, Map.of(), eviction);
	}

	/**
	 * Creates a store.
	 * @param dataSource the application's data source that holds the queue
	 * @param allowUnrelatedTransaction whether to enqueue and cancel inside a transaction
	 * that does not cover this data source, committing at once
	 * @param archive whether there is an archive for succeeded and cancelled jobs
	 * @param queueRetention what is kept of the jobs of single queues that are cancelled
	 * while they wait; all, for the others
	 * @param eviction takes connections out of the data source's pool whose server became
	 * read-only or shuts down
	 */
	public PostgresJobStore(DataSource dataSource, boolean allowUnrelatedTransaction, boolean archive,
			Map<String, RetentionMode> queueRetention, ConnectionEviction eviction) {
		this(new CallersTransaction(dataSource, allowUnrelatedTransaction, eviction), archive, queueRetention);
	}

	PostgresJobStore(CallersTransaction transaction, boolean archive) {
		this(transaction, archive, Map.of());
	}

	private PostgresJobStore(CallersTransaction transaction, boolean archive,
			Map<String, RetentionMode> queueRetention) {
		Map<String, RetentionMode> modes = Map.copyOf(queueRetention);
		this.transaction = transaction;
		this.archive = archive;
		this.archiveOfQueue = (queue) -> archive && modes.getOrDefault(queue, RetentionMode.ALL) == RetentionMode.ALL;
	}

	/**
	 * Returns what holds words to workers back until the transactions of this store
	 * commit.
	 * @param notifications carries them then
	 */
	public AfterCommit afterCommit(JobNotifications notifications) {
		return new WakeUpsAfterCommit(this.transaction, notifications);
	}

	/**
	 * Returns what completes jobs inside the transactions of this store.
	 * @param commitTimeout longest time a transaction may stand idle between the
	 * completion and its commit, before the server ends it
	 */
	public JoinedCompletionStore joinedCompletions(Duration commitTimeout) {
		return new PostgresJoinedCompletionStore(this.transaction, this.archive, commitTimeout);
	}

	/**
	 * Returns what operates jobs inside the transactions of this store.
	 */
	public OperationsStore operations() {
		return new PostgresOperationsStore(this.transaction, this.archiveOfQueue);
	}

	/**
	 * Returns what sets queues inside the transactions of this store.
	 */
	public QueueSettingsStore queueSettings() {
		return new PostgresQueueSettingsStore(this.transaction);
	}

	@Override
	public boolean joinsTransaction() {
		return this.transaction.joins();
	}

	@Override
	public boolean inTransaction() {
		return this.transaction.covering() != null;
	}

	@Override
	public List<InsertedJob> insert(List<NewJob> jobs) {
		if (jobs.isEmpty()) {
			return List.of();
		}
		return this.transaction.call(() -> enqueueing(jobs), InsertJobs.mayTakeSeveralStatements(jobs),
				(connection) -> InsertJobs.run(connection, jobs));
	}

	private static String enqueueing(List<NewJob> jobs) {
		NewJob first = jobs.get(0);
		return (jobs.size() == 1) ? "Enqueueing a job of kind '%s' in queue '%s'".formatted(first.kind(), first.queue())
				: "Enqueueing %d jobs, the first of kind '%s' in queue '%s'".formatted(jobs.size(), first.kind(),
						first.queue());
	}

	@Override
	public Cancellation cancel(JobId id) {
		return this.transaction.call(() -> "Cancelling job " + id, true,
				(connection) -> CancelJob.run(connection, id, this.archiveOfQueue));
	}

	@Override
	public Optional<FoundJob> find(JobId id) {
		return this.transaction.call(() -> "Finding job " + id, false, (connection) -> FindJob.run(connection, id));
	}

}
