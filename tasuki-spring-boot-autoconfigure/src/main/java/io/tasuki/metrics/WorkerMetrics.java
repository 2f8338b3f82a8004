package io.tasuki.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tasuki.Job;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerListener;

/**
 * Counts and times what a worker does, as {@link TasukiMeter} describes.
 */
public final class WorkerMetrics implements WorkerListener {

	private final MeterRegistry registry;

	// A registry builds a meter's identity anew at each look-up, which is dear for a job
	// of microseconds.
	private final Map<Line, Meters> meters = new ConcurrentHashMap<>();

	private final Map<String, Counter> lostLeases = new ConcurrentHashMap<>();

	public WorkerMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void completed(Job job, Outcome outcome, Duration runTime) {
		Meters meters = metersOf(new Line(job.kind(), job.queue(), OutcomeTag.of(outcome)));
		meters.completed.increment();
		if (!runTime.isZero()) {
			meters.run.record(runTime);
		}
	}

	private Meters metersOf(Line line) {
		Meters known = this.meters.get(line);
		return (known != null) ? known : this.meters.computeIfAbsent(line, this::register);
	}

	private Meters register(Line line) {
		Timer run = Timer.builder(TasukiMeter.JOB_RUN.meterName())
			.description(TasukiMeter.JOB_RUN.description())
			.tags("kind", line.kind, "queue", line.queue, "outcome", line.outcome)
			.register(this.registry);
		Counter completed = Counter.builder(TasukiMeter.JOBS_COMPLETED.meterName())
			.description(TasukiMeter.JOBS_COMPLETED.description())
			.tags("kind", line.kind, "outcome", line.outcome)
			.register(this.registry);
		return new Meters(run, completed);
	}

	@Override
	public void leaseLost(Job job) {
		this.lostLeases.computeIfAbsent(job.kind(), this::registerLostLeases).increment();
	}

	private Counter registerLostLeases(String kind) {
		return Counter.builder(TasukiMeter.LEASES_LOST.meterName())
			.description(TasukiMeter.LEASES_LOST.description())
			.tags("kind", kind)
			.register(this.registry);
	}

	private record Line(String kind, String queue, String outcome) {
	}

	private record Meters(Timer run, Counter completed) {
	}

}
