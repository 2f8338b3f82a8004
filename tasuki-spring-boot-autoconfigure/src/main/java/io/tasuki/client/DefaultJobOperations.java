package io.tasuki.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.JobExplanation;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobRequest;
import io.tasuki.JobSummary;
import io.tasuki.LiveWorker;
import io.tasuki.Names;
import io.tasuki.QueueCounts;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.Announced;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.OperationsStore;
import io.tasuki.store.WakeUp;

/**
 * The operations that applications get: refuses what makes no sense, has the store do the
 * rest and tells workers once that can be seen.
 */
public final class DefaultJobOperations implements JobOperations {

	private final OperationsStore store;

	private final Announcements announcements;

	/**
	 * Creates operations.
	 * @param store where jobs are stored
	 * @param afterCommit carries the words about what joined a transaction
	 * @param notifications carries the words about what can be seen at once
	 */
	public DefaultJobOperations(OperationsStore store, AfterCommit afterCommit, JobNotifications notifications) {
		this.store = store;
		this.announcements = new Announcements(afterCommit, notifications);
	}

	@Override
	public JobPage<JobSummary> list(JobFilter filter, JobPageRequest page) {
		return this.store.list(filter, page);
	}

	@Override
	public List<QueueCounts> counts() {
		return this.store.counts();
	}

	@Override
	public JobExplanation explain(JobId id) {
		return Explainer.explain(id, this.store.circumstances(id));
	}

	@Override
	public List<LiveWorker> workers() {
		return this.store.workers();
	}

	@Override
	public Optional<Cancellation> cancelByKey(String queue, String uniqueKey) {
		Names.checkQueue(queue);
		Names.checkUniqueKey(uniqueKey);
		boolean joined = this.store.joinsTransaction();
		Optional<Cancellation> cancellation = this.store.cancel(queue, uniqueKey);
		tell(cancellation.stream().toList(), joined);
		return cancellation;
	}

	@Override
	public JobPage<Cancellation> cancelAll(JobFilter filter, JobPageRequest page) {
		if (!filter.isLive()) {
			throw new IllegalArgumentException(
					"Only live jobs can be cancelled, not those of the states %s".formatted(filter.states()));
		}
		boolean joined = this.store.joinsTransaction();
		JobPage<Cancellation> cancellations = this.store.cancel(filter, page);
		tell(cancellations.items(), joined);
		return cancellations;
	}

	private void tell(Collection<Cancellation> cancellations, boolean joined) {
		this.announcements.cancelRequests(cancellations.stream()
			.filter((cancellation) -> cancellation.effect() == Effect.REQUESTED)
			.map(Cancellation::id)
			.toList(), joined);
	}

	@Override
	public Rescheduling reschedule(JobId id, Instant runAt) {
		if (runAt.isAfter(Names.LATEST_RUN_AT)) {
			throw new IllegalArgumentException(
					"Run-at must not be after %s. This was asked for job %s".formatted(Names.LATEST_RUN_AT, id));
		}
		return announce(() -> this.store.reschedule(id, Duration.ZERO, runAt));
	}

	@Override
	public Rescheduling reschedule(JobId id, Duration delay) {
		if (delay.isNegative() || delay.compareTo(JobRequest.MAX_DELAY) > 0) {
			throw new IllegalArgumentException("Delay must be from zero to %s, not %s. This was asked for job %s"
				.formatted(JobRequest.MAX_DELAY, delay, id));
		}
		return announce(() -> this.store.reschedule(id, delay, null));
	}

	@Override
	public Rescheduling runNow(JobId id) {
		return announce(() -> this.store.runNow(id));
	}

	@Override
	public Retrial retry(JobId id) {
		return announce(() -> this.store.retry(id));
	}

	private <T> T announce(Supplier<Announced<T>> change) {
		boolean joined = this.store.joinsTransaction();
		Announced<T> announced = change.get();
		if (announced.wakeUp() != null) {
			this.announcements.wake(List.of(announced.wakeUp()), joined);
		}
		return announced.answer();
	}

	@Override
	public JobPage<Retrial> retryAll(JobFilter filter, JobPageRequest page) {
		if (!filter.isDead()) {
			throw new IllegalArgumentException(
					"Only dead jobs can be retried, not those of the states %s".formatted(filter.states()));
		}
		boolean joined = this.store.joinsTransaction();
		JobPage<Announced<Retrial>> retrials = this.store.retry(filter, page);
		List<WakeUp> wakeUps = new ArrayList<>();
		for (Announced<Retrial> retrial : retrials.items()) {
			if (retrial.wakeUp() != null) {
				wakeUps.add(retrial.wakeUp());
			}
		}
		this.announcements.wake(wakeUps, joined);
		return new JobPage<>(retrials.items().stream().map(Announced::answer).toList(), retrials.next());
	}

	@Override
	public JobPage<JobId> deleteAll(JobFilter filter, JobPageRequest page) {
		if (filter.isLive()) {
			throw new IllegalArgumentException("Live jobs are not deleted but cancelled: use cancelAll");
		}
		this.store.joinsTransaction();
		return this.store.delete(filter, page);
	}

}
