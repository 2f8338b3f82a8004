package io.tasuki.benchmarks.soak.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.benchmarks.soak.ledger.Run;
import io.tasuki.benchmarks.soak.worker.Orders;
import io.tasuki.benchmarks.soak.worker.WorkerApplication;
import org.jspecify.annotations.Nullable;

/**
 * The places where workers run. A process that ends is followed by another one. Safe for
 * use by many threads.
 */
public final class Workers implements AutoCloseable {

	private static final long BEFORE_NEXT_MILLIS = 500;

	private static final long POLL_MILLIS = 20;

	private final WorkerCommand command;

	private final EndListener listener;

	private final List<WorkerPlace> places = new ArrayList<>();

	private final List<WorkerProcess> processes = new CopyOnWriteArrayList<>();

	private final List<Thread> watchers = new ArrayList<>();

	private final Set<WorkerPlace> taken = new HashSet<>();

	private volatile boolean quiet;

	private volatile boolean closed;

	/**
	 * Creates workers.
	 * @param listener is told of each process that ends although nobody wanted it to
	 */
	public Workers(WorkerCommand command, EndListener listener) {
		this.command = command;
		this.listener = listener;
	}

	/**
	 * Returns the database role of a worker.
	 */
	public static String role(int number) {
		return "worker_" + number;
	}

	/**
	 * Starts the workers, the first of which enqueues as well.
	 * @param port the database's on this machine
	 */
	public void start(int workers, int port, int jobsPerSecond) {
		for (int number = 1; number <= workers; number++) {
			Network network = new Network(port);
			int rate = (number == 1) ? jobsPerSecond : 0;
			WorkerPlace place = new WorkerPlace(number, network, startProcess(number, network, rate));
			this.places.add(place);
			Thread watcher = new Thread(() -> watch(place, rate), "watcher");
			watcher.setDaemon(true);
			watcher.start();
			this.watchers.add(watcher);
		}
	}

	private synchronized WorkerProcess startProcess(int number, Network network, int jobsPerSecond) {
		WorkerProcess process = this.command.start(this.processes.size() + 1, role(number), network.port(),
				(this.quiet) ? 0 : jobsPerSecond);
		this.processes.add(process);
		return process;
	}

	private void watch(WorkerPlace place, int jobsPerSecond) {
		try {
			while (!this.closed) {
				WorkerProcess process = place.process();
				int code = process.awaitEnd();
				if (!this.closed) {
					if (code == WorkerApplication.HALTED || (!process.endWanted() && process.wasReady())) {
						this.listener.ended(place, code);
					}
					Thread.sleep(BEFORE_NEXT_MILLIS);
					place.process(startProcess(place.number(), place.network(), jobsPerSecond));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits until all work.
	 */
	public void awaitReady() throws InterruptedException {
		for (WorkerPlace place : this.places) {
			awaitReady(place);
		}
	}

	private void awaitReady(WorkerPlace place) throws InterruptedException {
		while (!place.process().isReady() && !this.closed) {
			Thread.sleep(POLL_MILLIS);
		}
	}

	/**
	 * Takes a place that works, for one fault. At least one is left in peace.
	 * @param preferred number of the place to take if there is a choice
	 * @return the place; {@code null} if there is none to be had
	 */
	public synchronized @Nullable WorkerPlace take(int preferred) {
		if (this.taken.size() >= this.places.size() - 1) {
			return null;
		}
		for (int i = 0; i < this.places.size(); i++) {
			WorkerPlace place = this.places.get((preferred + i) % this.places.size());
			if (place.process().isReady() && this.taken.add(place)) {
				return place;
			}
		}
		return null;
	}

	/**
	 * Gives a place back, once it works.
	 */
	public void giveBack(WorkerPlace place) throws InterruptedException {
		awaitReady(place);
		synchronized (this) {
			this.taken.remove(place);
		}
	}

	/**
	 * Lets none of the workers enqueue any more.
	 */
	public void quiet() {
		this.quiet = true;
		this.places.forEach((place) -> place.process().order(Orders.QUIET));
	}

	/**
	 * Returns how many processes were started.
	 */
	public int started() {
		return this.processes.size();
	}

	List<WorkerProcess> processes() {
		return this.processes;
	}

	/**
	 * Returns what the handlers of all processes did.
	 */
	public List<Run> runs() {
		return this.processes.stream().flatMap(WorkerProcess::runs).toList();
	}

	/**
	 * Asks the processes to end and waits until they have.
	 */
	public void terminate() throws InterruptedException {
		this.closed = true;
		for (WorkerPlace place : this.places) {
			place.process().terminate();
		}
		for (WorkerPlace place : this.places) {
			place.process().awaitEnd();
		}
	}

	/**
	 * Ends the processes at once.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.watchers.forEach(Thread::interrupt);
		for (WorkerProcess process : this.processes) {
			try {
				process.kill();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.places.forEach((place) -> place.network().close());
	}

	/** Is told of processes that end by themselves. */
	public interface EndListener {

		/**
		 * A process has ended, and the next one is not started before this returns.
		 */
		void ended(WorkerPlace place, int code) throws InterruptedException;

	}

}
