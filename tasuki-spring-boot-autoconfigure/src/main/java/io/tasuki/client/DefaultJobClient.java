package io.tasuki.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.Kinds;
import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
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
 * The client that applications get: fills in defaults, writes payloads as JSON, stores or
 * cancels the jobs and tells workers once that can be seen.
 */
public final class DefaultJobClient implements JobClient {

	private static final Logger log = LoggerFactory.getLogger(DefaultJobClient.class);

	private final JobStore store;

	private final AfterCommit afterCommit;

	private final JobNotifications notifications;

	private final PayloadSerializer serializer;

	private final Function<String, Optional<String>> handlerQueue;

	private final PayloadCheck payloadCheck;

	/**
	 * Creates a client.
	 * @param store where jobs are stored
	 * @param afterCommit carries the words about jobs that joined a transaction
	 * @param notifications carries the words about what can be seen at once
	 * @param serializer writes payloads as JSON
	 * @param handlerQueue queue of a kind's handler; empty where this process has none
	 * @param maxPayloadBytes largest payload, as JSON in UTF-8, at least 1
	 */
	public DefaultJobClient(JobStore store, AfterCommit afterCommit, JobNotifications notifications,
			PayloadSerializer serializer, Function<String, Optional<String>> handlerQueue, long maxPayloadBytes) {
		this.store = store;
		this.afterCommit = afterCommit;
		this.notifications = notifications;
		this.serializer = serializer;
		this.handlerQueue = handlerQueue;
		this.payloadCheck = new PayloadCheck(maxPayloadBytes);
	}

	@Override
	public EnqueuedJob enqueue(Object payload) {
		return enqueue(requestOf(payload));
	}

	@Override
	public EnqueuedJob enqueue(JobRequest<?> request) {
		return enqueueNew(List.of(newJob(requestOf(request)))).get(0);
	}

	@Override
	public List<EnqueuedJob> enqueueAll(Collection<?> payloadsOrRequests) {
		List<NewJob> jobs = new ArrayList<>(payloadsOrRequests.size());
		for (Object payloadOrRequest : payloadsOrRequests) {
			if (payloadOrRequest == null) {
				throw new IllegalArgumentException(
						"Element %d of the jobs to enqueue is null; nothing was enqueued".formatted(jobs.size()));
			}
			jobs.add(newJob(requestOf(payloadOrRequest)));
		}
		return jobs.isEmpty() ? List.of() : enqueueNew(jobs);
	}

	private static JobRequest<?> requestOf(@Nullable Object payloadOrRequest) {
		if (payloadOrRequest == null) {
			throw new IllegalArgumentException(
					"There is nothing to enqueue: null. JobRequest.ofKind(…) describes a job without a payload");
		}
		return (payloadOrRequest instanceof JobRequest<?> request) ? request : JobRequest.of(payloadOrRequest);
	}

	private NewJob newJob(JobRequest<?> request) {
		String kind = kindOf(request);
		String queue = queueOf(request, kind);
		int priority = (request.priority() != null) ? request.priority() : JobRequest.DEFAULT_PRIORITY;
		return new NewJob(kind, queue, jsonOf(request.payload(), kind, queue), priority, request.delay(),
				request.runAt(), request.maxAttempts(), request.uniqueKey());
	}

	private static String kindOf(JobRequest<?> request) {
		Object payload = request.payload();
		if (payload instanceof JobRequest) {
			throw new IllegalArgumentException(
					"A job request is not a payload: the request of kind '%s' for queue '%s' carries another request"
						.formatted(orUnnamed(request.kind()), orUnnamed(request.queue())));
		}
		if (request.kind() != null) {
			return request.kind();
		}
		if (payload == null) {
			throw new IllegalArgumentException("A job request needs a payload or a kind");
		}
		return Kinds.of(payload.getClass()).orElseThrow(() -> noKind(payload, request.queue()));
	}

	private static IllegalArgumentException noKind(Object payload, @Nullable String queue) {
		String many = (payload instanceof Collection) ? ". To enqueue each element as a job, use enqueueAll" : "";
		return new IllegalArgumentException("""
				No kind can be told from a payload of class %s, for queue '%s': name the kind, as in \
				JobRequest.of("mail.welcome", payload), or give the payload a class or record of its own%s"""
			.formatted(payload.getClass().getTypeName(), orUnnamed(queue), many));
	}

	private static String orUnnamed(@Nullable String name) {
		return (name != null) ? name : "(not named)";
	}

	private String queueOf(JobRequest<?> request, String kind) {
		if (request.queue() != null) {
			return request.queue();
		}
		return this.handlerQueue.apply(kind).orElse(JobRequest.DEFAULT_QUEUE);
	}

	private @Nullable String jsonOf(@Nullable Object payload, String kind, String queue) {
		if (payload == null) {
			return null;
		}
		String json = serialize(payload, kind, queue);
		this.payloadCheck.check(json, kind, queue);
		return json;
	}

	private String serialize(Object payload, String kind, String queue) {
		try {
			return this.serializer.serialize(payload);
		}
		catch (PayloadException ex) {
			throw new PayloadException("The payload of a job of kind '%s' for queue '%s' cannot be written as JSON: %s"
				.formatted(kind, queue, ex.getMessage()), ex);
		}
	}

	private List<EnqueuedJob> enqueueNew(List<NewJob> jobs) {
		boolean joined = this.store.joinsTransaction();
		List<InsertedJob> inserted = this.store.insert(jobs);
		wake(wakeUps(jobs, inserted), joined);
		log.debug("Enqueued {} job(s), the first of kind '{}' in queue '{}' as job {}", jobs.size(), jobs.get(0).kind(),
				jobs.get(0).queue(), inserted.get(0).id());
		return inserted.stream().map((job) -> new EnqueuedJob(job.id(), job.created())).toList();
	}

	private static List<WakeUp> wakeUps(List<NewJob> jobs, List<InsertedJob> inserted) {
		List<WakeUp> wakeUps = new ArrayList<>(jobs.size());
		for (int i = 0; i < jobs.size(); i++) {
			InsertedJob job = inserted.get(i);
			if (job.created()) {
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

}
