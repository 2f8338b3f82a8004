package io.tasuki.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tasuki.Job;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerListener;

/**
 * Counts and times what a worker does, as {@link TasukiMeter} describes.
 */
public final class WorkerMetrics implements WorkerListener {

	private final Places<AttemptMeters> places;

	private final Timer sweep;

	public WorkerMetrics(MeterRegistry registry) {
		this.places = new Places<>((kind, queue) -> new AttemptMeters(registry, kind, queue));
		this.sweep = TasukiMeter.SWEEP.timer().register(registry);
	}

	@Override
	public void started(Job job) {
		of(job);
	}

	@Override
	public void started(Job job, Duration waited) {
		of(job).started(waited);
	}

	@Override
	public void completed(Job job, Outcome outcome, Duration runTime) {
		of(job).completed(OutcomeTag.of(outcome), runTime);
	}

	@Override
	public void leaseLost(Job job) {
		of(job).leaseLost();
	}

	private AttemptMeters of(Job job) {
		return this.places.find(job.kind(), job.queue());
	}

	@Override
	public void swept(Duration took) {
		this.sweep.record(took);
	}

}
