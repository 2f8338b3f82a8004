package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.Job;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerListener;

/** Remembers what a worker told. */
final class RecordingListener implements WorkerListener {

	final List<Job> started = new CopyOnWriteArrayList<>();

	final List<Outcome> completed = new CopyOnWriteArrayList<>();

	final List<Job> leaseLost = new CopyOnWriteArrayList<>();

	@Override
	public void started(Job job) {
		this.started.add(job);
	}

	@Override
	public void completed(Job job, Outcome outcome, Duration runTime) {
		this.completed.add(outcome);
	}

	@Override
	public void leaseLost(Job job) {
		this.leaseLost.add(job);
	}

}
