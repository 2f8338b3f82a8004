package io.tasuki.worker;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.tasuki.store.JobNotifications;
import io.tasuki.store.WorkerStores;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of one application instance: claims jobs, runs them and records their
 * outcomes. Can be stopped and started again. Safe for use by many threads.
 */
public final class Worker {

	private final WorkerSettings settings;

	private final HandlerRegistry handlers;

	private final WorkerStores stores;

	private final JobNotifications notifications;

	private final WorkerListener listener;

	private final Executor executor;

	private final ExecutionRules rules;

	/** Those of former runs too, whose threads may still go on. */
	private final List<StuckSlots> stuckSlots = new CopyOnWriteArrayList<>();

	private volatile @Nullable WorkerRun run;

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
		this(settings, handlers, stores, notifications, listeners, executor, ExecutionRules.NONE);
	}

	/**
	 * Creates a worker that does nothing until {@link #start()}.
	 * @param settings tuning
	 * @param handlers finds the handler of a kind; read when the worker starts
	 * @param stores opens the worker's stores
	 * @param notifications carries wake-ups
	 * @param listeners are told what happens
	 * @param executor runs handlers: must start each command at once on a thread of its
	 * own
	 * @param rules how jobs are let to run
	 */
	public Worker(WorkerSettings settings, HandlerRegistry handlers, WorkerStores stores,
			JobNotifications notifications, List<WorkerListener> listeners, Executor executor, ExecutionRules rules) {
		this.settings = settings;
		this.handlers = handlers;
		this.stores = stores;
		this.notifications = notifications;
		this.listener = new Listeners(listeners);
		this.executor = executor;
		this.rules = rules;
	}

	/**
	 * Starts claiming. Does nothing if running. Returns at once; a database that is away
	 * is tried again until it answers.
	 */
	public synchronized void start() {
		if (this.run == null) {
			StuckSlots stuck = new StuckSlots();
			WorkerRun run = new WorkerRun(this.settings, this.handlers, this.stores, this.notifications, this.listener,
					this.executor, this.rules, stuck);
			this.stuckSlots.removeIf((former) -> former.count() == 0);
			this.stuckSlots.add(stuck);
			run.start();
			this.run = run;
		}
	}

	/**
	 * Stops claiming, hands back what has not started, lets running jobs finish,
	 * interrupts those that do not within the shutdown timeout and hands them back
	 * uncharged. Returns within that timeout. Does nothing if not running.
	 */
	public synchronized void stop() {
		WorkerRun run = this.run;
		if (run != null) {
			try {
				run.stop();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.run = null;
		}
	}

	/**
	 * Returns whether the worker was started and not stopped.
	 */
	public boolean isRunning() {
		return this.run != null;
	}

	/**
	 * Returns whether the worker is being stopped: it takes no more jobs, and waits for
	 * those that run.
	 */
	public boolean isDraining() {
		WorkerRun run = this.run;
		return run != null && run.draining();
	}

	/**
	 * Returns the names of the queues in which it looks for jobs.
	 */
	public Set<String> queues() {
		return Lines.queues(this.settings, this.handlers, this.rules);
	}

	/**
	 * Returns what the worker has in hand, without touching the database.
	 */
	public WorkerLoad load() {
		WorkerRun run = this.run;
		return (run != null) ? run.load() : WorkerLoad.NONE;
	}

	/**
	 * Returns the slots that are stuck, those that have been for longest first, without
	 * touching the database.
	 */
	public List<StuckSlot> stuckSlots() {
		return this.stuckSlots.stream()
			.flatMap((run) -> run.all().stream())
			.sorted(Comparator.comparing(StuckSlot::stuckFor).reversed())
			.toList();
	}

	/**
	 * Returns how the worker is doing, without touching the database.
	 */
	public WorkerHealth health() {
		int stuck = this.stuckSlots.stream().mapToInt(StuckSlots::count).sum();
		WorkerRun run = this.run;
		return (run != null) ? run.health(true, stuck) : new WorkerHealth(false, false, null, null, false, true, stuck);
	}

}
