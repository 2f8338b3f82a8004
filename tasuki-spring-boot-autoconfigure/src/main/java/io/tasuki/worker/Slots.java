package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Gives claimed jobs to threads, in the {@link RunOrder}, as many at once as the worker's
 * limit allows. One lock guards the lines, their order and the counts; a thread that
 * finishes a job takes its next one under the same hold of it.
 */
final class Slots {

	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	private final int concurrency;

	private final List<Line> lines;

	private final SlotThreads threads;

	private final Consumer<HeldJob> runner;

	private final Runnable roomSignal;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	private final RunOrder order;

	private int active;

	private int held;

	private int refusedThreads;

	private int refillAt = -1;

	/** When to ask executors again that handlers or queues name, if they refused jobs. */
	private long acceptAt = System.nanoTime();

	/**
	 * Creates slots.
	 * @param runner runs one job, from its start to its outcome, and does not throw
	 * @param roomSignal is told when so few jobs are held as {@link #refillAt} asked for
	 */
	Slots(int concurrency, List<Line> lines, Executor executor, Consumer<HeldJob> runner, Runnable roomSignal) {
		this.concurrency = concurrency;
		this.lines = lines;
		this.threads = new SlotThreads(executor);
		this.runner = runner;
		this.roomSignal = roomSignal;
		this.order = new RunOrder(lines);
	}

	int concurrency() {
		return this.concurrency;
	}

	void add(List<HeldJob> jobs) {
		int threads = 0;
		this.lock.lock();
		try {
			jobs.forEach(this.order::add);
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
		startThread(this::runJobs, null);
	}

	/**
	 * Starts a thread of the worker's own executor.
	 * @param job the job that it is to begin with; {@code null} for any
	 */
	private void startThread(Runnable command, @Nullable HeldJob job) {
		if (!this.threads.start(command)) {
			refused(job);
		}
	}

	private void refused(@Nullable HeldJob job) {
		this.lock.lock();
		try {
			if (job != null) {
				this.held += job.company().size();
				this.order.putBack(job);
			}
			this.active--;
			this.refusedThreads++;
			this.idle.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Asks once more for the threads that the executor refused, if there are any.
	 */
	void startRefused() {
		int threads;
		this.lock.lock();
		try {
			this.refusedThreads += acceptAgain();
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

	/**
	 * A busy poller comes by thousands of times a second, an executor need not be asked
	 * so often.
	 */
	private int acceptAgain() {
		int refused = this.order.refused();
		if (refused > 0) {
			long now = System.nanoTime();
			if (now - this.acceptAt < 0) {
				return 0;
			}
			this.acceptAt = now + LOOK_AGAIN.toNanos();
			this.order.acceptAgain();
		}
		return refused;
	}

	private void runJobs() {
		runJobs(null, next(null, 0));
	}

	/**
	 * Runs one job after the other until there is none, or one that runs elsewhere.
	 * @param here where this thread comes from
	 */
	private void runJobs(@Nullable LineExecutor here, @Nullable HeldJob first) {
		HeldJob job = first;
		while (job != null) {
			LineExecutor there = job.line().executor();
			if (there != here) {
				job = passOn(job, there);
			}
			else {
				long begin = System.nanoTime();
				this.runner.accept(job);
				job = next(job, System.nanoTime() - begin);
			}
		}
	}

	/**
	 * Gives a job, and with it the slot, to a thread of another executor.
	 * @return a job for this thread instead, if that one was refused; {@code null} if
	 * there is nothing more for it to do
	 */
	private @Nullable HeldJob passOn(HeldJob job, @Nullable LineExecutor there) {
		if (there == null) {
			startThread(() -> runJobs(null, job), job);
			return null;
		}
		try {
			there.execute(() -> runJobs(there, job));
			return null;
		}
		catch (RuntimeException | Error ex) {
			there.logRefusal(job, ex);
			return insteadOf(job, there);
		}
	}

	private @Nullable HeldJob insteadOf(HeldJob refused, LineExecutor executor) {
		this.lock.lock();
		try {
			this.held += refused.company().size();
			this.order.refused(refused, executor);
			HeldJob next = this.order.take();
			if (next == null) {
				this.active--;
				this.idle.signalAll();
			}
			else {
				this.held -= next.company().size();
			}
			return next;
		}
		finally {
			this.lock.unlock();
			// What is refused leaves room for others.
			this.roomSignal.run();
		}
	}

	private @Nullable HeldJob next(@Nullable HeldJob finished, long nanos) {
		boolean signal = false;
		boolean another = false;
		this.lock.lock();
		try {
			if (finished != null) {
				this.held--;
				this.order.finish(finished, nanos);
				signal = finished.line().wantsRefill() || this.held <= this.refillAt;
			}
			HeldJob next = this.order.take();
			if (next == null) {
				this.active--;
				this.idle.signalAll();
			}
			else {
				this.held -= next.company().size();
				signal |= next.line().awaitsStart();
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
		return this.active < this.concurrency && !this.threads.refusing() && !this.order.isEmpty();
	}

	/**
	 * Starts the suspects that waited until the worker no longer holds this grave one, if
	 * they did.
	 */
	void letGo(HeldJob suspect) {
		boolean another;
		this.lock.lock();
		try {
			another = this.order.letGo(suspect) && wantsAnotherThread();
			this.active += (another) ? 1 : 0;
		}
		finally {
			this.lock.unlock();
		}
		if (another) {
			startThread();
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
	 * Returns how many slots are used, and how many jobs wait for one.
	 * @param unwritten how many outcomes are not yet recorded, to be told with it
	 */
	WorkerLoad load(int unwritten) {
		return look(() -> new WorkerLoad(this.concurrency, this.lines.stream().mapToInt(Line::running).sum(),
				this.lines.stream().mapToInt(Line::waiting).sum(), unwritten));
	}

	/**
	 * Returns how many slots are taken and waited for. Jobs that an executor refuses wait
	 * for that, not for a slot.
	 */
	int held() {
		this.lock.lock();
		try {
			return this.held - this.order.refused() - this.order.together();
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
	 * Changes the limits of lines, and starts what they let start now.
	 */
	void changeLimits(Collection<Line> lines, Runnable change) {
		int threads;
		this.lock.lock();
		try {
			change.run();
			lines.forEach(this.order::list);
			int waiting = lines.stream().mapToInt(Line::waiting).sum();
			threads = Math.min(this.concurrency - this.active, waiting);
			this.active += threads;
		}
		finally {
			this.lock.unlock();
		}
		for (int i = 0; i < threads; i++) {
			startThread();
		}
	}

	/**
	 * Lets go of everything that waits.
	 */
	List<HeldJob> clear() {
		return clear(this.lines);
	}

	/**
	 * Lets go of everything that waits in some lines.
	 */
	List<HeldJob> clear(Collection<Line> lines) {
		this.lock.lock();
		try {
			List<HeldJob> cleared = new ArrayList<>();
			lines.forEach((line) -> cleared.addAll(line.clear()));
			this.held -= cleared.size();
			return cleared;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until no thread runs a job, those of stuck slots apart.
	 * @param deadline a {@link System#nanoTime()}
	 * @param stuck says how many slots are stuck
	 * @return whether that is so
	 */
	boolean awaitIdle(long deadline, IntSupplier stuck) throws InterruptedException {
		this.lock.lock();
		try {
			long left = deadline - System.nanoTime();
			while (this.active > stuck.getAsInt() && left > 0) {
				// Nobody signals that a slot became stuck.
				this.idle.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
				left = deadline - System.nanoTime();
			}
			return this.active <= stuck.getAsInt();
		}
		finally {
			this.lock.unlock();
		}
	}

}
