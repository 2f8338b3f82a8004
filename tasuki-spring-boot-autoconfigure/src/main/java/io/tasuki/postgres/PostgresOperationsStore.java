package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tasuki.Cancellation;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;
import io.tasuki.LiveWorker;
import io.tasuki.QueueCounts;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import io.tasuki.postgres.ListArchivedJobs.Found;
import io.tasuki.store.Announced;
import io.tasuki.store.Circumstances;
import io.tasuki.store.OperationsStore;
import org.jspecify.annotations.Nullable;

/**
 * The jobs in PostgreSQL, for those who operate them. Works on the same connections as
 * the {@link PostgresJobStore} it comes from.
 */
final class PostgresOperationsStore implements OperationsStore {

	/** Most jobs that one call looks at. */
	static final int LOOK_AT = 10_000;

	/** Blocks of the archive that one call reads at most, or a few more. */
	static final int LOOK_AT_BLOCKS = 700;

	private final CallersTransaction transaction;

	private final Predicate<String> archive;

	PostgresOperationsStore(CallersTransaction transaction, Predicate<String> archive) {
		this.transaction = transaction;
		this.archive = archive;
	}

	@Override
	public boolean joinsTransaction() {
		return this.transaction.joins();
	}

	@Override
	public JobPage<JobSummary> list(JobFilter filter, JobPageRequest page) {
		return this.transaction.call(() -> "Listing jobs of the states " + filter.states(), true,
				(connection) -> PlannerGuards.guarded(connection, (guarded) -> list(guarded, filter, page)));
	}

	private static JobPage<JobSummary> list(CallersConnection connection, JobFilter filter, JobPageRequest page)
			throws SQLException {
		if (filter.isLive()) {
			return listLive(connection, filter, page);
		}
		if (filter.isDead()) {
			return listDead(connection, filter, page);
		}
		JobPage<Found> found = ArchiveListing.run(connection, filter, page, LOOK_AT_BLOCKS);
		return new JobPage<>(found.items().stream().map(Found::job).toList(), found.next());
	}

	private static JobPage<JobSummary> listLive(CallersConnection connection, JobFilter filter, JobPageRequest page)
			throws SQLException {
		if (filter.label() != null) {
			return ListLabelledJobs.run(connection, filter, page, LOOK_AT);
		}
		@Nullable JobPage<JobSummary> ofQueue = (filter.queue() != null) ? ListQueueJobs.run(connection, filter, page, LOOK_AT)
				: null;
		return (ofQueue != null) ? ofQueue : ListLiveJobs.run(connection, filter, page, LOOK_AT);
	}

	private static JobPage<JobSummary> listDead(CallersConnection connection, JobFilter filter, JobPageRequest page)
			throws SQLException {
		@Nullable JobPage<JobSummary> ofLabel = (filter.label() != null)
				? ListLabelledDeadJobs.run(connection, filter, page, LOOK_AT) : null;
		return (ofLabel != null) ? ofLabel : ListDeadJobs.run(connection, filter, page, LOOK_AT);
	}

	@Override
	public List<QueueCounts> counts() {
		return this.transaction.call(() -> "Counting jobs", true,
				(connection) -> PlannerGuards.guarded(connection, CountJobs::run));
	}

	@Override
	public Circumstances circumstances(JobId id) {
		return this.transaction.call(() -> "Explaining job " + id, true,
				(connection) -> FindCircumstances.run(connection, id));
	}

	@Override
	public List<LiveWorker> workers() {
		return this.transaction.call(() -> "Listing workers", false,
				(connection) -> List.copyOf(FindWorkers.run(connection).values()));
	}

	@Override
	public Optional<Cancellation> cancel(String queue, String uniqueKey) {
		return this.transaction.call(
				() -> "Cancelling the job with unique key '%s' in queue '%s'".formatted(uniqueKey, queue), true,
				(connection) -> CancelJob.ofKey(connection, queue, uniqueKey, this.archive));
	}

	@Override
	public JobPage<Cancellation> cancel(JobFilter filter, JobPageRequest page) {
		return this.transaction.call(() -> "Cancelling jobs of the states " + filter.states(), true, (connection) -> {
			JobPage<JobSummary> jobs = PlannerGuards.guarded(connection, (guarded) -> listLive(guarded, filter, page));
			return new JobPage<>(CancelJob.all(connection, jobs.items(), filter, this.archive), jobs.next());
		});
	}

	@Override
	public Announced<Rescheduling> reschedule(JobId id, Duration delay, @Nullable Instant runAt) {
		return this.transaction.call(() -> "Rescheduling job " + id, true,
				(connection) -> MoveJob.to(connection, id, delay, runAt));
	}

	@Override
	public Announced<Rescheduling> runNow(JobId id) {
		return this.transaction.call(() -> "Running job " + id, true, (connection) -> MoveJob.toNow(connection, id));
	}

	@Override
	public Announced<Retrial> retry(JobId id) {
		return this.transaction.call(() -> "Retrying dead job " + id, true,
				(connection) -> RetryDeadJobs.run(connection, List.of(id)).get(0));
	}

	@Override
	public JobPage<Announced<Retrial>> retry(JobFilter filter, JobPageRequest page) {
		return this.transaction.call(() -> "Retrying dead jobs", true, (connection) -> {
			JobPage<JobSummary> jobs = PlannerGuards.guarded(connection, (guarded) -> listDead(guarded, filter, page));
			return new JobPage<>(RetryDeadJobs.run(connection, ids(jobs)), jobs.next());
		});
	}

	@Override
	public JobPage<JobId> delete(JobFilter filter, JobPageRequest page) {
		return this.transaction.call(() -> "Deleting jobs of the states " + filter.states(), true,
				(connection) -> (filter.isDead()) ? deleteDead(connection, filter, page)
						: deleteArchived(connection, filter, page));
	}

	private static JobPage<JobId> deleteDead(CallersConnection connection, JobFilter filter, JobPageRequest page)
			throws SQLException {
		JobPage<JobSummary> jobs = PlannerGuards.guarded(connection, (guarded) -> listDead(guarded, filter, page));
		return new JobPage<>(DeleteDeadJobs.run(connection, ids(jobs)), jobs.next());
	}

	private static List<JobId> ids(JobPage<JobSummary> jobs) {
		return jobs.items().stream().map(JobSummary::id).toList();
	}

	private static JobPage<JobId> deleteArchived(CallersConnection connection, JobFilter filter, JobPageRequest page)
			throws SQLException {
		JobPage<Found> found = PlannerGuards.guarded(connection,
				(guarded) -> ArchiveListing.run(guarded, filter, page, LOOK_AT_BLOCKS));
		Map<LocalDate, List<Found>> byDay = found.items()
			.stream()
			.collect(Collectors.groupingBy((job) -> job.place().day(), TreeMap::new, Collectors.toList()));
		List<JobId> deleted = new ArrayList<>();
		for (Map.Entry<LocalDate, List<Found>> day : byDay.entrySet()) {
			deleted.addAll(DeleteArchivedJobs.run(connection, day.getKey(), day.getValue()));
		}
		return new JobPage<>(deleted, found.next());
	}

}
