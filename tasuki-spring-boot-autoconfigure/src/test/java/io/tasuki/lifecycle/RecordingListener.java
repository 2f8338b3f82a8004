package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.tasuki.Job;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerListener;

/** Remembers what a worker told. */
final class RecordingListener implements WorkerListener {

	final Queue<Outcome> completed = new ConcurrentLinkedQueue<>();

	final Queue<Job> leaseLost = new ConcurrentLinkedQueue<>();

	@Override
	public void completed(Job job, Outcome outcome, Duration runTime) {
		this.completed.add(outcome);
	}

	@Override
	public void leaseLost(Job job) {
		this.leaseLost.add(job);
	}

}
