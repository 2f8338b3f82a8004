package io.tasuki.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.tasuki.DatabaseReport;
import io.tasuki.EnqueuedJob;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;

/** Every meter there is, as after a job of kind "welcome" in queue "default". */
final class AllMeters {

	private static final Duration LONG = Duration.ofHours(1);

	private AllMeters() {
	}

	static void registerIn(MeterRegistry registry) {
		EnqueueMetrics enqueued = new EnqueueMetrics(registry);
		enqueued.intercept(new StoredCall(new StoredCall.Stored("welcome", "default", EnqueuedJob.Effect.CREATED)));
		Job job = new Job(new JobId(1), "welcome", "default", null, 5, 1, null, Instant.EPOCH, Instant.EPOCH);
		WorkerMetrics worker = new WorkerMetrics(registry);
		worker.started(job, Duration.ofMillis(1));
		worker.completed(job, new Outcome.Succeeded(), Duration.ofMillis(1));
		worker.leaseLost(job);
		worker.swept(Duration.ofMillis(1));
		WorkerHealth health = new WorkerHealth(true, true, Duration.ZERO, null, true, true, 0);
		new SlotMetrics(() -> health, () -> new WorkerLoad(16, 3, 500, 7)).bindTo(registry);
		new QueueMetrics(() -> Set.of("default"), (queues) -> List.of(), LONG).bindTo(registry);
		new UnknownKindMetrics(() -> Set.of("default"), List::of, LONG).bindTo(registry);
		new DatabaseMetrics(() -> new DatabaseReport(1, 2, null, null, List.of()), LONG).bindTo(registry);
	}

}
