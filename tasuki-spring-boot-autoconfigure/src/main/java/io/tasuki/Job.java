package io.tasuki;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One job as it stands in the store.
 *
 * @param id identity of the job
 * @param kind name that selects the handler
 * @param queue queue the job waits in
 * @param payload the job's input as JSON; {@code null} when the kind carries none
 * @param priority 0 first to 9 last
 * @param attempt number of the current or latest attempt, counted from 1; 0 before the
 * first claim
 * @param maxAttempts attempts before the job is dead; {@code null} when the worker that
 * runs the job decides
 * @param runAt the job does not start before this moment
 * @param createdAt when the job was enqueued
 * @param label what several jobs may share to be found by; {@code null} for none
 * @param metadata what travels with the job beside its payload; may be empty
 */
public record Job(JobId id, String kind, String queue, @Nullable String payload, int priority, int attempt,
		@Nullable Integer maxAttempts, Instant runAt, Instant createdAt, @Nullable String label,
		Map<String, String> metadata) {

	public Job {
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Creates a job without label and metadata.
	 */
	public Job(JobId id, String kind, String queue, @Nullable String payload, int priority, int attempt,
			@Nullable Integer maxAttempts, Instant runAt, Instant createdAt) {
		this(id, kind, queue, payload, priority, attempt, maxAttempts, runAt, createdAt, null, Map.of());
	}

	/**
	 * Returns this job with another payload.
	 */
	public Job withPayload(@Nullable String payload) {
		return new Job(this.id, this.kind, this.queue, payload, this.priority, this.attempt, this.maxAttempts,
				this.runAt, this.createdAt, this.label, this.metadata);
	}

	/**
	 * Names the job in a message: kind, id, queue and attempt, never the payload.
	 */
	@Override
	public String toString() {
		return "job %s of kind '%s' in queue '%s' (attempt %d)".formatted(this.id, this.kind, this.queue, this.attempt);
	}

}
