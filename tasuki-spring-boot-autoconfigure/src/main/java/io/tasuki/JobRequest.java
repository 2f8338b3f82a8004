package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What to run, where and when: an immutable value, changed by its {@code with…} methods.
 * A property that is {@code null} takes its default when the job is enqueued.
 *
 * @param <T> type of the payload
 * @param kind name that selects the handler; {@code null} to tell it from the payload's
 * class
 * @param payload the job's input; {@code null} when the kind carries none
 * @param queue queue to wait in; {@code null} for the one that {@link JobKind @JobKind}
 * names, else the queue of this kind's handler where this process has one, else
 * {@value #DEFAULT_QUEUE}
 * @param delay how long to wait before the job may start, by the database's clock;
 * {@code null} for not at all
 * @param runAt moment before which the job does not start; {@code null} for no such
 * moment; excludes a delay
 * @param priority 0 first to 9 last; {@code null} for that of {@link JobKind @JobKind},
 * else {@value #DEFAULT_PRIORITY}
 * @param maxAttempts attempts before the job is dead; {@code null} for those of
 * {@link JobKind @JobKind}, else to leave it to the handler and to configuration
 * @param uniqueKey what at most one live job of the queue has, and what happens when one
 * has it; {@code null} for none
 * @param label what several jobs may share, to be found or cancelled by; {@code null} for
 * none
 * @param metadata what travels with the job beside its payload; may be empty
 */
public record JobRequest<T>(@Nullable String kind, @Nullable T payload, @Nullable String queue,
		@Nullable Duration delay, @Nullable Instant runAt, @Nullable Integer priority, @Nullable Integer maxAttempts,
		@Nullable UniqueKey uniqueKey, @Nullable String label, Map<String, String> metadata) {

	/** Queue of a job that nothing else gives one. */
	public static final String DEFAULT_QUEUE = "default";

	/** Priority of a job that asks for none. */
	public static final int DEFAULT_PRIORITY = 5;

	/** Longest delay that is accepted; anything beyond is taken for a mistake. */
	public static final Duration MAX_DELAY = Duration.ofDays(365_000);

	public JobRequest {
		if (kind == null && payload == null) {
			throw new IllegalArgumentException("A job request needs a payload or a kind");
		}
		metadata = Map.copyOf(metadata);
		try {
			Names.checkKind(kind);
			Names.checkQueue(queue);
			Names.checkLabel(label);
			Names.checkMetadata(metadata);
			checkTime(delay, runAt);
			checkNumbers(priority, maxAttempts);
		}
		catch (IllegalArgumentException ex) {
			throw refused(ex, kind, payload);
		}
	}

	private static IllegalArgumentException refused(IllegalArgumentException ex, @Nullable String kind,
			@Nullable Object payload) {
		return new IllegalArgumentException(
				"%s. This was asked for a job %s".formatted(ex.getMessage(), subject(kind, payload)), ex);
	}

	private static String subject(@Nullable String kind, @Nullable Object payload) {
		if (kind == null && payload != null) {
			return "with a payload of " + payload.getClass().getName();
		}
		return "of kind '%s'".formatted(kind);
	}

	static void checkNumbers(@Nullable Integer priority, @Nullable Integer maxAttempts) {
		if (priority != null && (priority < 0 || priority > 9)) {
			throw new IllegalArgumentException("Priority must be from 0 (first) to 9 (last), not " + priority);
		}
		if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > Short.MAX_VALUE)) {
			throw new IllegalArgumentException(
					"Max attempts must be from 1 to %d, not %d".formatted(Short.MAX_VALUE, maxAttempts));
		}
	}

	/**
	 * Returns a request for a job with this payload and all defaults.
	 * @param <T> type of the payload
	 * @param payload the job's input
	 */
	public static <T> JobRequest<T> of(T payload) {
		return new JobRequest<>(null, payload, null, null, null, null, null, null, null, Map.of());
	}

	/**
	 * Returns a request for a job of this kind, for payloads of plain types.
	 * @param <T> type of the payload
	 * @param kind name that selects the handler
	 * @param payload the job's input
	 */
	public static <T> JobRequest<T> of(String kind, T payload) {
		return new JobRequest<>(kind, payload, null, null, null, null, null, null, null, Map.of());
	}

	/**
	 * Returns a request for a job of a kind that carries no payload.
	 * @param kind name that selects the handler
	 */
	public static JobRequest<Void> ofKind(String kind) {
		return new JobRequest<>(kind, null, null, null, null, null, null, null, null, Map.of());
	}

	/**
	 * Returns this request with another kind.
	 */
	public JobRequest<T> withKind(String kind) {
		return new JobRequest<>(kind, this.payload, this.queue, this.delay, this.runAt, this.priority, this.maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request with another queue.
	 */
	public JobRequest<T> withQueue(String queue) {
		return new JobRequest<>(this.kind, this.payload, queue, this.delay, this.runAt, this.priority, this.maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request to start no sooner than so long after it is enqueued, instead
	 * of at any run-at named before.
	 */
	public JobRequest<T> withDelay(Duration delay) {
		return new JobRequest<>(this.kind, this.payload, this.queue, delay, null, this.priority, this.maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request to start no sooner than at this moment, instead of after any
	 * delay named before. A moment that has passed means now.
	 */
	public JobRequest<T> withRunAt(Instant runAt) {
		return new JobRequest<>(this.kind, this.payload, this.queue, null, runAt, this.priority, this.maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request with another priority, 0 first to 9 last.
	 */
	public JobRequest<T> withPriority(int priority) {
		return new JobRequest<>(this.kind, this.payload, this.queue, this.delay, this.runAt, priority, this.maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request with another limit of attempts, at least 1.
	 */
	public JobRequest<T> withMaxAttempts(int maxAttempts) {
		return new JobRequest<>(this.kind, this.payload, this.queue, this.delay, this.runAt, this.priority, maxAttempts,
				this.uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request with a key that at most one live job of its queue has. While
	 * one waits or runs, enqueueing another answers with the first one's id and stores
	 * nothing.
	 */
	public JobRequest<T> withUniqueKey(String uniqueKey) {
		try {
			return withUniqueKey(UniqueKey.of(uniqueKey));
		}
		catch (IllegalArgumentException ex) {
			throw refused(ex, this.kind, this.payload);
		}
	}

	/**
	 * Returns this request with a key that at most one live job of its queue has.
	 */
	public JobRequest<T> withUniqueKey(UniqueKey uniqueKey) {
		return new JobRequest<>(this.kind, this.payload, this.queue, this.delay, this.runAt, this.priority,
				this.maxAttempts, uniqueKey, this.label, this.metadata);
	}

	/**
	 * Returns this request with a label that other jobs may have as well.
	 */
	public JobRequest<T> withLabel(String label) {
		return new JobRequest<>(this.kind, this.payload, this.queue, this.delay, this.runAt, this.priority,
				this.maxAttempts, this.uniqueKey, label, this.metadata);
	}

	/**
	 * Returns this request with one entry more of metadata, or another value of one it
	 * has.
	 */
	public JobRequest<T> withMetadata(String name, String value) {
		Map<String, String> metadata = new HashMap<>(this.metadata);
		metadata.put(name, value);
		return withMetadata(metadata);
	}

	/**
	 * Returns this request with this metadata instead of any it has.
	 */
	public JobRequest<T> withMetadata(Map<String, String> metadata) {
		return new JobRequest<>(this.kind, this.payload, this.queue, this.delay, this.runAt, this.priority,
				this.maxAttempts, this.uniqueKey, this.label, metadata);
	}

	private static void checkTime(@Nullable Duration delay, @Nullable Instant runAt) {
		if (delay != null && runAt != null) {
			throw new IllegalArgumentException("A job request has a delay or a run-at, not both");
		}
		if (delay != null && (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0)) {
			throw new IllegalArgumentException("Delay must be from zero to %s, not %s".formatted(MAX_DELAY, delay));
		}
		if (runAt != null && runAt.isAfter(Names.LATEST_RUN_AT)) {
			throw new IllegalArgumentException("Run-at must not be after %s".formatted(Names.LATEST_RUN_AT));
		}
	}

}
