package io.tasuki.worker;

import java.util.List;
import java.util.concurrent.Executor;

import io.tasuki.store.JobNotifications;
import io.tasuki.store.WorkerStores;

/**
 * The runtime of one application instance: claims jobs, runs them and records their
 * outcomes. Can be stopped and started again. Safe for use by many threads.
 */
public final class Worker {

	/**
	 * Creates a worker that does nothing until {@link #start()}.
	 * @param settings tuning
	 * @param handlers finds the handler of a kind; read when the worker starts
	 * @param stores opens the worker's stores
	 * @param notifications carries wake-ups
	 * @param listeners are told what happens
	 * @param executor runs handlers: must start each command at once on a thread of its
	 * own
	 */
	public Worker(WorkerSettings settings, HandlerRegistry handlers, WorkerStores stores,
			JobNotifications notifications, List<WorkerListener> listeners, Executor executor) {
		throw new UnsupportedOperationException("not yet written");
	}

	/**
	 * Starts claiming. Does nothing if running. Returns at once; a database that is away
	 * is tried again until it answers.
	 */
	public void start() {
	}

	/**
	 * Stops claiming, hands back what has not started, lets running jobs finish,
	 * interrupts those that do not within the shutdown timeout and hands them back
	 * uncharged. Returns within that timeout. Does nothing if not running.
	 */
	public void stop() {
	}

	/**
	 * Returns whether the worker was started and not stopped.
	 */
	public boolean isRunning() {
		return false;
	}

	/**
	 * Returns how the worker is doing, without touching the database.
	 */
	public WorkerHealth health() {
		throw new UnsupportedOperationException("not yet written");
	}

}
