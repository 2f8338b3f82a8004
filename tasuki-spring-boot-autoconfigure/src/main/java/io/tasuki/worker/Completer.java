package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.tasuki.Job;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.WakeUp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records outcomes: one thread that takes whatever has finished since its last commit and
 * writes it as one group. An outcome it has accepted is kept until it is written or its
 * lease is gone, however long the database is away; the memory this takes is bounded
 * because the poller claims nothing while {@link HeldJobs} is full.
 */
final class Completer {

	private static final Logger logger = LoggerFactory.getLogger(Completer.class);

	private static final int LARGEST_GROUP = 2_000;

	private static final Duration LOCKED_WAIT = Duration.ofMillis(500);

	/** A claim elsewhere locks in passing what it does not take. */
	private static final Duration SHORTEST_LOCKED_WAIT = Duration.ofMillis(5);

	private final CompletionStore store;

	private final HeldJobs held;

	private final WorkerListener listener;

	private final Consumer<List<WakeUp>> returned;

	private final Runnable settled;

	private final Contact contact;

	private final AbsentOutcomes absentOutcomes;

	private final Signal signal = new Signal();

	private final Queue<FinishedJob> finished = new ConcurrentLinkedQueue<>();

	private final Thread thread;

	/** Outcomes whose rows somebody has locked: tried again by themselves, later. */
	private List<FinishedJob> locked = List.of();

	private long lockedUntil;

	private Duration lockedWait = SHORTEST_LOCKED_WAIT;

	private volatile boolean archiving = true;

	private volatile boolean stopping;

	private volatile long giveUpAt;

	/**
	 * Creates a completer.
	 * @param returned is told of the jobs that became available again
	 * @param settled is told after each group
	 */
	Completer(CompletionStore store, HeldJobs held, WorkerListener listener, Consumer<List<WakeUp>> returned,
			Runnable settled, Contact contact) {
		this.store = store;
		this.held = held;
		this.listener = listener;
		this.returned = returned;
		this.settled = settled;
		this.contact = contact;
		this.absentOutcomes = new AbsentOutcomes(store, listener, this::pause, this::gaveUp);
		this.thread = new Thread(this::run, "tasuki-completer");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void accept(FinishedJob job) {
		this.finished.add(job);
		this.signal.give();
	}

	/**
	 * Returns whether finished jobs reach the archive as configured.
	 */
	boolean archiving() {
		return this.archiving;
	}

	/**
	 * Writes what has been accepted and ends.
	 * @param deadline a {@link System#nanoTime()} at which to give up: the leases that
	 * are left run out, and their jobs run elsewhere
	 */
	void stop(long deadline) throws InterruptedException {
		this.giveUpAt = deadline;
		this.stopping = true;
		this.signal.give();
		this.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
	}

	/**
	 * Tells the thread to end, written or not, without waiting for it.
	 */
	void giveUp() {
		this.giveUpAt = System.nanoTime();
		this.stopping = true;
		this.signal.give();
	}

	private void run() {
		try {
			while (!done()) {
				writeLocked();
				List<FinishedJob> group = gather();
				if (group.isEmpty()) {
					this.signal.await(waitForMore());
				}
				else {
					keepLocked(write(group));
				}
			}
		}
		finally {
			this.store.close();
		}
	}

	private boolean done() {
		return this.stopping && ((this.finished.isEmpty() && this.locked.isEmpty()) || gaveUp());
	}

	private boolean gaveUp() {
		return this.stopping && System.nanoTime() - this.giveUpAt >= 0;
	}

	private long waitForMore() {
		if (!this.locked.isEmpty()) {
			return this.lockedUntil - System.nanoTime();
		}
		return (this.stopping) ? LOCKED_WAIT.toNanos() : Long.MAX_VALUE / 2;
	}

	private List<FinishedJob> gather() {
		List<FinishedJob> group = new ArrayList<>();
		for (FinishedJob job = this.finished.poll(); job != null; job = next(group)) {
			group.add(job);
		}
		return group;
	}

	private @Nullable FinishedJob next(List<FinishedJob> group) {
		return (group.size() + 1 < LARGEST_GROUP) ? this.finished.poll() : null;
	}

	private void writeLocked() {
		if (!this.locked.isEmpty() && System.nanoTime() - this.lockedUntil >= 0) {
			List<FinishedJob> group = this.locked;
			this.locked = List.of();
			Duration longer = this.lockedWait.multipliedBy(2);
			this.lockedWait = (longer.compareTo(LOCKED_WAIT) < 0) ? longer : LOCKED_WAIT;
			keepLocked(write(group));
			if (this.locked.isEmpty()) {
				this.lockedWait = SHORTEST_LOCKED_WAIT;
			}
		}
	}

	private void keepLocked(List<FinishedJob> more) {
		if (!more.isEmpty()) {
			List<FinishedJob> locked = new ArrayList<>(this.locked);
			locked.addAll(more);
			this.locked = locked;
			this.lockedUntil = System.nanoTime() + this.lockedWait.toNanos();
		}
	}

	/**
	 * Writes a group, as often as it takes.
	 * @return those whose rows are locked
	 */
	private List<FinishedJob> write(List<FinishedJob> group) {
		List<Completion> completions = group.stream().map(FinishedJob::completion).toList();
		for (boolean repeated = false;; repeated = true) {
			try {
				Completed completed = this.store.complete(completions);
				this.contact.succeeded();
				return settle(group, completed, repeated);
			}
			catch (RuntimeException | Error ex) {
				pause(this.contact.failed(ex));
				if (gaveUp()) {
					logger.warn("{} outcomes are not recorded: the database did not answer in time, "
							+ "so their jobs run again after their leases", this.held.size());
					return List.of();
				}
			}
		}
	}

	/**
	 * Waits without regard to outcomes that come in meanwhile, each of which would make
	 * another try. A stop that begins does end it.
	 */
	private void pause(long nanos) {
		boolean before = this.stopping;
		long end = System.nanoTime() + nanos;
		while (this.stopping == before && !gaveUp() && end - System.nanoTime() > 0) {
			this.signal.await(end - System.nanoTime());
		}
	}

	private List<FinishedJob> settle(List<FinishedJob> group, Completed completed, boolean repeated) {
		noteArchive(completed.archived());
		List<FinishedJob> locked = new ArrayList<>();
		List<FinishedJob> absent = new ArrayList<>();
		List<WakeUp> wakeUps = new ArrayList<>();
		for (FinishedJob job : group) {
			Lease lease = job.completion().lease();
			if (completed.locked().contains(lease)) {
				locked.add(job);
			}
			else {
				this.held.remove(job.held());
				if (completed.absent().contains(lease)) {
					absent.add(job);
				}
				else {
					written(job, completed, wakeUps);
				}
			}
		}
		if (!wakeUps.isEmpty()) {
			this.returned.accept(wakeUps);
		}
		this.settled.run();
		this.absentOutcomes.settle(absent, repeated);
		return locked;
	}

	/**
	 * Sees to what follows the completion of jobs inside their handler's transaction. For
	 * any thread.
	 */
	void settle(List<FinishedJob> finished, Completed completed) {
		settle(finished, completed, false);
	}

	private void written(FinishedJob finished, Completed completed, List<WakeUp> wakeUps) {
		Job job = finished.held().job();
		Lease lease = finished.completion().lease();
		Outcome outcome = completed.cancelled().contains(lease) ? Outcome.Cancelled.BY_REQUEST
				: finished.completion().outcome();
		this.listener.completed(job, outcome, finished.completion().error(), finished.runTime());
		Completed.Returned returned = completed.returned().get(lease);
		if (returned != null) {
			wakeUps.add(new WakeUp(job.queue(), job.priority(), returned.position(), returned.dueIn()));
		}
	}

	private synchronized void noteArchive(boolean archived) {
		if (archived != this.archiving) {
			this.archiving = archived;
			if (archived) {
				logger.info("Finished jobs reach the archive again");
			}
			else {
				logger.warn("Finished jobs are completed without archive rows: the archive does not take them");
			}
		}
	}

}
