package io.tasuki.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.tasuki.Cancellation;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobId;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobStore;
import io.tasuki.store.NewJob;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;

/** Remembers what a client gave to its ports. */
final class RecordingStore implements JobStore, JobNotifications {

	static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	final List<NewJob> inserted = new ArrayList<>();

	final List<WakeUp> sentAtOnce = new ArrayList<>();

	final List<WakeUp> heldUntilCommit = new ArrayList<>();

	final List<JobId> cancelRequestsSentAtOnce = new ArrayList<>();

	final List<JobId> cancelRequestsHeldUntilCommit = new ArrayList<>();

	final List<Runnable> actionsHeldUntilCommit = new ArrayList<>();

	Cancellation.Effect effect = Cancellation.Effect.REQUESTED;

	boolean joinsTransaction;

	EnqueuedJob.Effect enqueueEffect = EnqueuedJob.Effect.CREATED;

	@Override
	public boolean inTransaction() {
		return this.joinsTransaction;
	}

	@Override
	public boolean joinsTransaction() {
		return this.joinsTransaction;
	}

	@Override
	public List<InsertedJob> insert(List<NewJob> jobs) {
		return jobs.stream().map(this::insert).toList();
	}

	private InsertedJob insert(NewJob job) {
		this.inserted.add(job);
		Duration dueIn = (job.delay() != null) ? job.delay() : Duration.ZERO;
		long id = this.inserted.size();
		return new InsertedJob(new JobId(id), this.enqueueEffect, new Position(NOW.plus(dueIn), id), dueIn);
	}

	@Override
	public void send(Collection<WakeUp> wakeUps) {
		this.sentAtOnce.addAll(wakeUps);
	}

	@Override
	public void sendCancelRequests(Collection<JobId> jobs) {
		this.cancelRequestsSentAtOnce.addAll(jobs);
	}

	AfterCommit afterCommit() {
		return new AfterCommit() {

			@Override
			public void send(Collection<WakeUp> wakeUps) {
				RecordingStore.this.heldUntilCommit.addAll(wakeUps);
			}

			@Override
			public void sendCancelRequests(Collection<JobId> jobs) {
				RecordingStore.this.cancelRequestsHeldUntilCommit.addAll(jobs);
			}

			@Override
			public void run(Runnable action) {
				RecordingStore.this.actionsHeldUntilCommit.add(action);
			}

		};
	}

	@Override
	public Cancellation cancel(JobId id) {
		return new Cancellation(id, this.effect);
	}

	@Override
	public Optional<FoundJob> find(JobId id) {
		return Optional.empty();
	}

	@Override
	public Subscription subscribe(Receiver receiver) {
		throw new UnsupportedOperationException();
	}

}
