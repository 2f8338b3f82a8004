package io.tasuki.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobEndedException;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobStore;
import io.tasuki.store.NewJob;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client that applications get: stores or cancels the jobs and tells workers once
 * that can be seen.
 */
public final class DefaultJobClient implements JobClient {

	private static final Logger log = LoggerFactory.getLogger(DefaultJobClient.class);

	private final JobStore store;

	private final AfterCommit afterCommit;

	private final JobNotifications notifications;

	private final PayloadWriter payloads;

	private final NewJobs newJobs;

	private final boolean requireTransaction;

	private final List<EnqueueInterceptor> interceptors;

	/**
	 * Creates a client whose calls nobody intercepts.
	 * @param store where jobs are stored
	 * @param afterCommit carries the words about jobs that joined a transaction
	 * @param notifications carries the words about what can be seen at once
	 * @param payloads writes payloads as JSON
	 * @param handlerQueue queue of a kind's handler; empty where this process has none
	 * @param requireTransaction whether to refuse to enqueue outside a transaction that
	 * covers the store
	 */
	public DefaultJobClient(JobStore store, AfterCommit afterCommit, JobNotifications notifications,
			PayloadWriter payloads, Function<String, Optional<String>> handlerQueue, boolean requireTransaction) {
		this(store, afterCommit, notifications, payloads, handlerQueue, requireTransaction, List.of());
	}

	/**
	 * Creates a client.
	 * @param store where jobs are stored
	 * @param afterCommit carries the words about jobs that joined a transaction
	 * @param notifications carries the words about what can be seen at once
	 * @param payloads writes payloads as JSON
	 * @param handlerQueue queue of a kind's handler; empty where this process has none
	 * @param requireTransaction whether to refuse to enqueue outside a transaction that
	 * covers the store
	 * @param interceptors stand around calls that enqueue; the first is the outermost
	 */
	public DefaultJobClient(JobStore store, AfterCommit afterCommit, JobNotifications notifications,
			PayloadWriter payloads, Function<String, Optional<String>> handlerQueue, boolean requireTransaction,
			List<EnqueueInterceptor> interceptors) {
		this.store = store;
		this.afterCommit = afterCommit;
		this.notifications = notifications;
		this.payloads = payloads;
		this.newJobs = new NewJobs(payloads, handlerQueue);
		this.requireTransaction = requireTransaction;
		this.interceptors = List.copyOf(interceptors);
	}

	@Override
	public EnqueuedJob enqueue(Object payload) {
		return enqueue(requestOf(payload));
	}

	@Override
	public EnqueuedJob enqueue(JobRequest<?> request) {
		JobRequest<?> checked = requestOf(request);
		return (this.interceptors.isEmpty() ? enqueueNew(List.of(this.newJobs.of(checked, Carried.NOTHING))).jobs()
				: intercepted(List.of(checked)))
			.get(0);
	}

	@Override
	public List<EnqueuedJob> enqueueAll(Collection<?> payloadsOrRequests) {
		List<JobRequest<?>> requests = new ArrayList<>(payloadsOrRequests.size());
		for (Object payloadOrRequest : payloadsOrRequests) {
			if (payloadOrRequest == null) {
				throw new IllegalArgumentException(
						"Element %d of the jobs to enqueue is null; nothing was enqueued".formatted(requests.size()));
			}
			requests.add(requestOf(payloadOrRequest));
		}
		if (requests.isEmpty()) {
			return List.of();
		}
		if (!this.interceptors.isEmpty()) {
			return intercepted(requests);
		}
		List<NewJob> jobs = new ArrayList<>(requests.size());
		requests.forEach((request) -> jobs.add(this.newJobs.of(request, Carried.NOTHING)));
		return enqueueNew(jobs).jobs();
	}

	private static JobRequest<?> requestOf(@Nullable Object payloadOrRequest) {
		if (payloadOrRequest == null) {
			throw new IllegalArgumentException(
					"There is nothing to enqueue: null. JobRequest.ofKind(…) describes a job without a payload");
		}
		return (payloadOrRequest instanceof JobRequest<?> request) ? request : JobRequest.of(payloadOrRequest);
	}

	private List<EnqueuedJob> intercepted(List<JobRequest<?>> requests) {
		return new InterceptedEnqueue(this.interceptors, requests, this.newJobs, this::enqueueNew, this.afterCommit)
			.proceed();
	}

	private InterceptedEnqueue.Enqueued enqueueNew(List<NewJob> jobs) {
		boolean joined = this.store.joinsTransaction();
		if (!joined && this.requireTransaction) {
			throw noTransaction(jobs.get(0));
		}
		List<InsertedJob> inserted = this.store.insert(jobs);
		wake(wakeUps(jobs, inserted), joined);
		log.debug("Enqueued {} job(s), the first of kind '{}' in queue '{}' as job {}", jobs.size(), jobs.get(0).kind(),
				jobs.get(0).queue(), inserted.get(0).id());
		return new InterceptedEnqueue.Enqueued(
				inserted.stream().map((job) -> new EnqueuedJob(job.id(), job.effect())).toList(), joined);
	}

	private static EnqueueRefusedException noTransaction(NewJob job) {
		return new EnqueueRefusedException(
				"""
						The job of kind '%s' for queue '%s' was not enqueued, because no transaction that covers the queue's data \
						source is active, and 'tasuki.client.require-transaction' asks for one. Call from a method with \
						@Transactional, or set that property to false"""
					.formatted(job.kind(), job.queue()));
	}

	private static List<WakeUp> wakeUps(List<NewJob> jobs, List<InsertedJob> inserted) {
		List<WakeUp> wakeUps = new ArrayList<>(jobs.size());
		for (int i = 0; i < jobs.size(); i++) {
			InsertedJob job = inserted.get(i);
			if (job.wakes()) {
				wakeUps.add(new WakeUp(jobs.get(i).queue(), jobs.get(i).priority(), job.position(), job.dueIn(), true));
			}
		}
		return WakeUpBuffer.merge(wakeUps);
	}

	private void wake(List<WakeUp> wakeUps, boolean joined) {
		if (wakeUps.isEmpty()) {
			return;
		}
		if (joined) {
			this.afterCommit.send(wakeUps);
		}
		else {
			this.notifications.send(wakeUps);
		}
	}

	@Override
	public Cancellation cancel(JobId id) {
		boolean joined = this.store.joinsTransaction();
		Cancellation cancellation = this.store.cancel(id);
		if (cancellation.effect() == Effect.REQUESTED) {
			tell(id, joined);
		}
		log.debug("Cancelled job {}: {}", id, cancellation.effect());
		return cancellation;
	}

	private void tell(JobId cancelled, boolean joined) {
		if (joined) {
			this.afterCommit.sendCancelRequests(List.of(cancelled));
		}
		else {
			this.notifications.sendCancelRequests(List.of(cancelled));
		}
	}

	@Override
	public Optional<FoundJob> find(JobId id) {
		return this.store.find(id);
	}

	@Override
	public Optional<FoundJob> await(JobId id, Duration timeout) throws InterruptedException {
		return new JobWait(this.store, id).forEnd(timeout);
	}

	@Override
	public <T> Optional<T> awaitResult(JobId id, Class<T> type, Duration timeout) throws InterruptedException {
		return await(id, timeout).map((job) -> this.payloads.readResult(resultOf(job), type));
	}

	private static String resultOf(FoundJob job) {
		if (job.state() != JobState.SUCCEEDED) {
			throw new JobEndedException(job);
		}
		if (job.result() == null) {
			throw new IllegalStateException(
					"The handler of %s kept no result: it returned none, or its @JobHandler lacks 'keepResult = true'"
						.formatted(job.job()));
		}
		return job.result();
	}

}
