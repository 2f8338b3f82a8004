package io.tasuki.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives claimed jobs to threads: by priority, lines in turns, each within the limits of
 * its queue and its handler. One lock guards the lines and the counts; a thread that
 * finishes a job takes its next one under the same hold of it.
 */
final class Slots {

	private static final Logger logger = LoggerFactory.getLogger(Slots.class);

	private final int concurrency;

	private final List<Line> lines;

	private final Executor executor;

	private final Consumer<HeldJob> runner;

	private final Runnable roomSignal;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	/** Lines with a job that could start, by the level of that job. */
	private final List<Deque<Line>> startable = new ArrayList<>(Line.LEVELS);

	private int active;

	private int held;

	private int refusedThreads;

	/** Whether the executor refused the latest thread. */
	private volatile boolean refusing;

	private int suspectsRunning;

	private boolean graveSuspectRunning;

	private int refillAt = -1;

	/**
	 * Creates slots.
	 * @param runner runs one job, from its start to its outcome, and does not throw
	 * @param roomSignal is told when so few jobs are held as {@link #refillAt} asked for
	 */
	Slots(int concurrency, List<Line> lines, Executor executor, Consumer<HeldJob> runner, Runnable roomSignal) {
		this.concurrency = concurrency;
		this.lines = lines;
		this.executor = executor;
		this.runner = runner;
		this.roomSignal = roomSignal;
		for (int level = 0; level < Line.LEVELS; level++) {
			this.startable.add(new ArrayDeque<>());
		}
	}

	int concurrency() {
		return this.concurrency;
	}

	void add(List<HeldJob> jobs) {
		int threads = 0;
		this.lock.lock();
		try {
			for (HeldJob job : jobs) {
				job.line().add(job);
				list(job.line());
			}
			this.held += jobs.size();
			threads = Math.min(this.concurrency - this.active, jobs.size());
			this.active += threads;
		}
		finally {
			this.lock.unlock();
		}
		for (int i = 0; i < threads; i++) {
			startThread();
		}
	}

	private void startThread() {
		try {
			this.executor.execute(this::runJobs);
			this.refusing = false;
		}
		catch (RuntimeException | Error ex) {
			// Not only a full executor: the system may refuse a thread, which is an
			// OutOfMemoryError.
			refused(ex);
		}
	}

	private void refused(Throwable ex) {
		this.lock.lock();
		try {
			this.active--;
			this.refusedThreads++;
			this.idle.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (!this.refusing) {
			this.refusing = true;
			logger.error("The executor refused to run jobs; they wait until it takes them", ex);
		}
	}

	/**
	 * Asks once more for the threads that the executor refused, if there are any.
	 */
	void startRefused() {
		int threads;
		this.lock.lock();
		try {
			threads = Math.min(this.refusedThreads, this.concurrency - this.active);
			this.refusedThreads = 0;
			this.active += threads;
		}
		finally {
			this.lock.unlock();
		}
		for (int i = 0; i < threads; i++) {
			startThread();
		}
	}

	private void runJobs() {
		HeldJob job = next(null);
		while (job != null) {
			this.runner.accept(job);
			job = next(job);
		}
	}

	private @Nullable HeldJob next(@Nullable HeldJob finished) {
		boolean signal = false;
		boolean another = false;
		this.lock.lock();
		try {
			if (finished != null) {
				finish(finished);
				signal = finished.line().wantsRefill() || this.held <= this.refillAt;
			}
			HeldJob next = take();
			if (next == null) {
				this.active--;
				this.idle.signalAll();
			}
			else {
				another = wantsAnotherThread();
				this.active += (another) ? 1 : 0;
			}
			return next;
		}
		finally {
			this.lock.unlock();
			if (another) {
				startThread();
			}
			if (signal) {
				this.roomSignal.run();
			}
		}
	}

	/**
	 * Returns whether there may be a job for a thread that found none before: the end of
	 * one job can let several go, where it was in the way of other suspects or counted
	 * against two limits.
	 */
	private boolean wantsAnotherThread() {
		if (this.active >= this.concurrency || this.refusing) {
			return false;
		}
		for (Deque<Line> lines : this.startable) {
			if (!lines.isEmpty()) {
				return true;
			}
		}
		return false;
	}

	private void finish(HeldJob job) {
		this.held--;
		job.line().finish();
		list(job.line());
		job.line().limits().forEach((limit) -> limit.lines().forEach(this::list));
		if (job.suspect()) {
			this.suspectsRunning--;
			this.graveSuspectRunning = false;
			this.lines.forEach(this::list);
		}
	}

	private @Nullable HeldJob take() {
		for (int level = 0; level < Line.LEVELS; level++) {
			Deque<Line> lines = this.startable.get(level);
			for (Line line = lines.poll(); line != null; line = lines.poll()) {
				line.unlist(level);
				HeldJob job = line.peek(level);
				if (job != null && admits(job)) {
					start(job, level);
					return job;
				}
			}
		}
		return null;
	}

	/**
	 * A suspect that was charged before runs while no other suspect does, so that it can
	 * take no innocent one with it.
	 */
	private boolean admits(HeldJob job) {
		if (!job.suspect()) {
			return true;
		}
		return job.graveSuspect() ? this.suspectsRunning == 0 : !this.graveSuspectRunning;
	}

	private void start(HeldJob job, int level) {
		job.line().start(level);
		list(job.line());
		if (job.suspect()) {
			this.suspectsRunning++;
			this.graveSuspectRunning = job.graveSuspect();
		}
	}

	/**
	 * Lists a line among the suspects, if it has any, and at its first priority.
	 */
	private void list(Line line) {
		if (line.blocked()) {
			return;
		}
		if (line.waits(Line.SUSPECTS)) {
			list(line, Line.SUSPECTS);
		}
		for (int level = Line.SUSPECTS + 1; level < Line.LEVELS; level++) {
			if (line.waits(level)) {
				list(line, level);
				return;
			}
		}
	}

	private void list(Line line, int level) {
		if (line.list(level)) {
			this.startable.get(level).add(line);
		}
	}

	/**
	 * Looks at the lines while nothing in them changes.
	 */
	<T> T look(Supplier<T> reader) {
		this.lock.lock();
		try {
			return reader.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns how many jobs run or wait for a slot.
	 */
	int held() {
		this.lock.lock();
		try {
			return this.held;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Asks for a signal when the worker holds no more than so many jobs; negative for
	 * never.
	 */
	void refillAt(int held) {
		this.lock.lock();
		try {
			this.refillAt = held;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets go of everything that waits.
	 */
	List<HeldJob> clear() {
		this.lock.lock();
		try {
			List<HeldJob> cleared = new ArrayList<>();
			this.lines.forEach((line) -> cleared.addAll(line.clear()));
			this.held -= cleared.size();
			return cleared;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until no thread runs a job.
	 * @param deadline a {@link System#nanoTime()}
	 * @return whether that is so
	 */
	boolean awaitIdle(long deadline) throws InterruptedException {
		this.lock.lock();
		try {
			long left = deadline - System.nanoTime();
			while (this.active > 0 && left > 0) {
				this.idle.await(left, TimeUnit.NANOSECONDS);
				left = deadline - System.nanoTime();
			}
			return this.active == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

}
