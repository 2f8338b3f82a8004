package io.tasuki.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.tasuki.Backoff;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Values for the tests of this package.
 */
final class Jobs {

	static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

	private Jobs() {
	}

	static WorkerSettings settings(int concurrency) {
		return settings(concurrency, null);
	}

	static WorkerSettings settings(int concurrency, @Nullable Duration handlerTimeout) {
		return new WorkerSettings(concurrency, Map.of(), Duration.ofSeconds(30), Duration.ofSeconds(1),
				Duration.ofSeconds(20), 3, 20, Backoff.constant(Duration.ofSeconds(5)), handlerTimeout);
	}

	static HandlerRegistration handler(String kind) {
		return handler(kind, null, null);
	}

	static HandlerRegistration handler(String kind, @Nullable Integer concurrency, @Nullable Integer maxAttempts) {
		return handler(HandledJobs.of(kind)).withExecution(HandlerExecution.DEFAULT.withConcurrency(concurrency))
			.withRetries(HandlerRetries.DEFAULT.withMaxAttempts(maxAttempts));
	}

	static HandlerRegistration handler(HandledJobs jobs) {
		return HandlerRegistration.of(jobs, (context) -> JobResult.done());
	}

	static HeldJob held(Line line, long id, int priority) {
		return held(line, id, priority, 1, null, 0);
	}

	static HeldJob held(Line line, long id, int priority, int attempt, @Nullable Integer maxAttempts, int crashes) {
		String kind = line.kinds().get(0);
		Job job = new Job(new JobId(id), kind, line.queue(), "{}", priority, attempt, maxAttempts, NOON.plusSeconds(id),
				NOON);
		return new HeldJob(new ClaimedJob(job, new Lease(job.id(), 1, 7), crashes, false), handler(kind), line, 0);
	}

	static Line line(SlotLimit... limits) {
		return new Line("default", List.of("kind"), List.of(limits));
	}

}
