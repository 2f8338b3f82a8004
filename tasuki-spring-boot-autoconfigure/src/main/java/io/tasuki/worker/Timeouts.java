package io.tasuki.worker;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks attempts to stop when their time is over, and ends those that do not heed it
 * within a grace while their threads go on. One thread for all of them, begun by the
 * first attempt that has a timeout; one without costs nothing here. Safe for use by many
 * threads.
 */
final class Timeouts implements AutoCloseable {

	/** Time to heed an interruption before the attempt ends without its thread. */
	static final Duration GRACE = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(Timeouts.class);

	private final RetryPolicy retryPolicy;

	private final Consumer<FinishedJob> completer;

	private final StuckSlots stuckSlots;

	private final Duration grace;

	private final ScheduledThreadPoolExecutor timer;

	private final Map<HeldJob, Timeout> running = new ConcurrentHashMap<>();

	/** Jobs whose lease is gone and whose threads are given the grace to come back. */
	private final Set<HeldJob> stopped = ConcurrentHashMap.newKeySet();

	Timeouts(RetryPolicy retryPolicy, Consumer<FinishedJob> completer, StuckSlots stuckSlots, Duration grace) {
		this.retryPolicy = retryPolicy;
		this.completer = completer;
		this.stuckSlots = stuckSlots;
		this.grace = grace;
		this.timer = new ScheduledThreadPoolExecutor(1, Timeouts::thread, new ThreadPoolExecutor.DiscardPolicy());
		this.timer.setRemoveOnCancelPolicy(true);
	}

	private static Thread thread(Runnable command) {
		Thread thread = new Thread(command, "tasuki-timeouts");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Begins to measure the time of an attempt that has just started.
	 */
	void begin(HeldJob job) {
		Duration limit = this.retryPolicy.timeout(job);
		if (limit != null) {
			Timeout timeout = new Timeout(job, limit);
			this.running.put(job, timeout);
			timeout.begin();
		}
	}

	/**
	 * Measures no longer: the thread has come back from the attempt.
	 */
	void over(HeldJob job) {
		if (this.retryPolicy.timeout(job) != null) {
			Timeout timeout = this.running.remove(job);
			if (timeout != null) {
				timeout.cancel();
			}
		}
	}

	/**
	 * Ends an attempt whose time is over without waiting for its thread any longer.
	 * @return {@code false} if its time is not over or it has ended
	 */
	boolean expire(HeldJob job) {
		Timeout timeout = this.running.get(job);
		return timeout != null && timeout.expire();
	}

	/**
	 * Sees to the slot of an attempt that was stopped because its lease is gone: if its
	 * thread goes on after the grace, the slot is stuck.
	 */
	void awaitReturn(HeldJob job) {
		boolean goesOn = job.whileItGoesOn((thread) -> this.stopped.add(job));
		if (goesOn) {
			this.timer.schedule(() -> notReturned(job), this.grace.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void notReturned(HeldJob job) {
		if (this.stopped.remove(job)) {
			this.stuckSlots.add(job, "its lease was lost, and it does not heed its interruption");
		}
	}

	/**
	 * Asks and ends nothing more, and waits for no thread.
	 */
	@Override
	public void close() {
		this.timer.shutdownNow();
		this.stopped.forEach(this::notReturned);
	}

	/** The time of one attempt. */
	private final class Timeout {

		private final HeldJob job;

		private final Duration limit;

		private final long begin = System.nanoTime();

		private volatile @Nullable Future<?> next;

		Timeout(HeldJob job, Duration limit) {
			this.job = job;
			this.limit = limit;
		}

		void begin() {
			this.next = after(this.limit, this::stop);
		}

		private Future<?> after(Duration delay, Runnable step) {
			return Timeouts.this.timer.schedule(step, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
		}

		void cancel() {
			Future<?> next = this.next;
			if (next != null) {
				next.cancel(false);
			}
		}

		private void stop() {
			this.job.interrupt(HeldJob.Stop.TIMED_OUT);
			this.next = after(Timeouts.this.grace, this::expireOrFail);
		}

		private void expireOrFail() {
			try {
				expire();
			}
			catch (RuntimeException | Error ex) {
				logger.error("Cannot end {}, whose time is over, before its thread comes back", this.job.job(), ex);
			}
		}

		boolean expire() {
			Thread thread = this.job.thread();
			if (thread == null || this.job.stop() != HeldJob.Stop.TIMED_OUT) {
				return false;
			}
			RetryPolicy.Verdict verdict = Timeouts.this.retryPolicy.timedOut(this.job, StuckSlots.standing(thread));
			Lease lease = this.job.expire();
			if (lease == null) {
				return false;
			}
			record(lease, verdict);
			return true;
		}

		private void record(Lease lease, RetryPolicy.Verdict verdict) {
			Duration runTime = Duration.ofNanos(System.nanoTime() - this.begin);
			Timeouts.this.completer.accept(
					new FinishedJob(this.job, new Completion(lease, verdict.outcome(), verdict.failure()), runTime));
			if (verdict.outcome() instanceof Outcome.Dead dead) {
				logger.error("Dead: {}. {}", this.job.job(), dead.reason());
			}
			Timeouts.this.stuckSlots.add(this.job,
					"it ran longer than its timeout of %s, and does not heed its interruption"
						.formatted(RetryPolicy.text(this.limit)));
		}

	}

}
