package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tasuki.Job;
import io.tasuki.JobEvent;
import io.tasuki.JobListener;
import io.tasuki.store.Completion;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's listeners what a worker does, each on a thread of its own.
 */
public final class JobListeners implements WorkerListener, AutoCloseable {

	/** Time that listeners get to hear what waits for them when the application stops. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private final List<ListenerThread> threads;

	/**
	 * Creates this. Threads begin with the first event.
	 * @param listeners the application's
	 */
	public JobListeners(List<JobListener> listeners) {
		this.threads = listeners.stream().map(ListenerThread::new).toList();
	}

	@Override
	public void started(Job job) {
		JobEvent.Started event = new JobEvent.Started(job);
		tell(job, (listener) -> listener.started(event));
	}

	@Override
	public void completed(Job job, Outcome outcome, Completion.@Nullable Failure failure, Duration runTime) {
		if (outcome instanceof Outcome.Succeeded) {
			JobEvent.Succeeded event = new JobEvent.Succeeded(job, runTime);
			tell(job, (listener) -> listener.succeeded(event));
		}
		else if (outcome instanceof Outcome.Retry retry) {
			JobEvent.Failed event = new JobEvent.Failed(job, runTime, of(failure), retry.delay(), retry.runAt());
			tell(job, (listener) -> listener.failed(event));
		}
		else if (outcome instanceof Outcome.Dead dead) {
			JobEvent.Dead event = new JobEvent.Dead(job, runTime, dead.reason(), of(failure));
			tell(job, (listener) -> listener.dead(event));
		}
		else if (outcome instanceof Outcome.Cancelled cancelled) {
			JobEvent.Cancelled event = new JobEvent.Cancelled(job, runTime, cancelled.reason());
			tell(job, (listener) -> listener.cancelled(event));
		}
		else if (outcome instanceof Outcome.Snoozed snoozed) {
			JobEvent.Snoozed event = new JobEvent.Snoozed(job, runTime, snoozed.delay());
			tell(job, (listener) -> listener.snoozed(event));
		}
		else if (outcome instanceof Outcome.HandedBack) {
			JobEvent.HandedBack event = new JobEvent.HandedBack(job, runTime);
			tell(job, (listener) -> listener.handedBack(event));
		}
	}

	private static JobEvent.@Nullable Failure of(Completion.@Nullable Failure failure) {
		return (failure != null) ? new JobEvent.Failure(failure.type(), failure.message()) : null;
	}

	@Override
	public void leaseLost(Job job) {
		JobEvent.LeaseLost event = new JobEvent.LeaseLost(job);
		tell(job, (listener) -> listener.leaseLost(event));
	}

	private void tell(Job job, Consumer<JobListener> call) {
		this.threads.forEach((thread) -> thread.tell(job, call));
	}

	/**
	 * Lets the listeners hear what waits for them, for two seconds at most, and ends
	 * their threads.
	 */
	@Override
	public void close() {
		long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
		this.threads.forEach(ListenerThread::end);
		this.threads.forEach((thread) -> thread.awaitEnd(deadline));
	}

}
