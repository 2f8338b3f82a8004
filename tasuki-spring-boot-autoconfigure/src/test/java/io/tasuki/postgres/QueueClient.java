package io.tasuki.postgres;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.tasuki.Cancellation;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.PayloadWriter;
import io.tasuki.store.WakeUp;

/** A client on a data source, whose wake-ups are remembered. Payloads are JSON text. */
final class QueueClient implements JobClient {

	private final RecordingNotifications notifications = new RecordingNotifications();

	private final JobClient client;

	QueueClient(DataSource dataSource) {
		this(dataSource, false);
	}

	QueueClient(DataSource dataSource, boolean allowUnrelatedTransaction) {
		this(new PostgresJobStore(dataSource, allowUnrelatedTransaction));
	}

	QueueClient(PostgresJobStore store) {
		this.client = new DefaultJobClient(store, store.afterCommit(this.notifications), this.notifications,
				new PayloadWriter(new TextSerializer(), PayloadValidator.NONE, 1_000_000), (kind) -> Optional.empty(),
				false);
	}

	/** Returns what was sent, one list per call. */
	List<List<WakeUp>> sent() {
		return this.notifications.sent;
	}

	/** Returns the jobs whose workers were told that somebody cancelled them. */
	List<JobId> cancelRequests() {
		return this.notifications.cancelRequests;
	}

	static JobRequest<String> request(String queue) {
		return JobRequest.of("greet", "{}").withQueue(queue);
	}

	@Override
	public EnqueuedJob enqueue(Object payload) {
		return this.client.enqueue(payload);
	}

	@Override
	public EnqueuedJob enqueue(JobRequest<?> request) {
		return this.client.enqueue(request);
	}

	@Override
	public List<EnqueuedJob> enqueueAll(Collection<?> payloadsOrRequests) {
		return this.client.enqueueAll(payloadsOrRequests);
	}

	@Override
	public Cancellation cancel(JobId id) {
		return this.client.cancel(id);
	}

	@Override
	public Optional<FoundJob> find(JobId id) {
		return this.client.find(id);
	}

	@Override
	public Optional<FoundJob> await(JobId id, Duration timeout) throws InterruptedException {
		return this.client.await(id, timeout);
	}

	@Override
	public <T> Optional<T> awaitResult(JobId id, Class<T> type, Duration timeout) throws InterruptedException {
		return this.client.awaitResult(id, type, timeout);
	}

	private static final class TextSerializer implements PayloadSerializer {

		@Override
		public String serialize(Object payload) {
			return payload.toString();
		}

		@Override
		public Object deserialize(String json, Type type) {
			return json;
		}

	}

}
