package io.tasuki.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls handlers and turns whatever comes back or is thrown into a verdict. Never throws.
 */
final class Attempts {

	private static final Logger logger = LoggerFactory.getLogger(Attempts.class);

	private final RetryPolicy retryPolicy;

	private final Timeouts timeouts;

	private final StuckSlots stuckSlots;

	private final WorkerListener listener;

	private final BooleanSupplier draining;

	private final DatabaseClock clock;

	Attempts(RetryPolicy retryPolicy, Timeouts timeouts, StuckSlots stuckSlots, WorkerListener listener,
			BooleanSupplier draining, DatabaseClock clock) {
		this.retryPolicy = retryPolicy;
		this.timeouts = timeouts;
		this.stuckSlots = stuckSlots;
		this.listener = listener;
		this.draining = draining;
		this.clock = clock;
	}

	/**
	 * Makes the attempt of a job that has started, and ends it: from then on nobody
	 * interrupts this thread, and no heartbeat judges the lease.
	 * @return what it came to; {@code null} if somebody else has ended it meanwhile
	 */
	@Nullable Attempt make(HeldJob job) {
		long begin = System.nanoTime();
		this.timeouts.begin(job);
		RetryPolicy.Verdict verdict;
		Throwable thrown = null;
		try {
			started(job);
			verdict = this.retryPolicy.returned(job, call(job));
		}
		catch (Throwable ex) {
			thrown = ex;
			verdict = threw(job, ex);
		}
		Lease lease = end(job);
		return (lease != null) ? new Attempt(job, verdict, thrown, lease, Duration.ofNanos(System.nanoTime() - begin))
				: null;
	}

	/**
	 * Begins the attempt of a job that has started as one of a batch.
	 * @return what its handler sees of it
	 */
	JobContext begin(HeldJob job) {
		this.timeouts.begin(job);
		started(job);
		return new RunningJob(job, this.draining);
	}

	private void started(HeldJob job) {
		Duration waited = this.clock.since(job.job().runAt());
		if (waited != null) {
			this.listener.started(job.job(), waited);
		}
		else {
			this.listener.started(job.job());
		}
	}

	/**
	 * Ends the attempt of a job whose handler's thread has come back.
	 * @return the lease under which to record the outcome; {@code null} if somebody else
	 * has ended it meanwhile
	 */
	@Nullable Lease end(HeldJob job) {
		Lease lease = job.finish();
		// What interrupted this job must not interrupt the next one of this thread.
		Thread.interrupted();
		this.timeouts.over(job);
		if (lease == null) {
			this.stuckSlots.cameBack(job);
		}
		return lease;
	}

	private JobResult call(HeldJob job) throws Exception {
		JobResult result = job.registration().handler().handle(new RunningJob(job, this.draining));
		return Objects.requireNonNull(result,
				() -> "%s returned no JobResult".formatted(job.registration().description()));
	}

	/**
	 * Judges a job whose attempt ended by an exception.
	 */
	RetryPolicy.Verdict threw(HeldJob job, Throwable ex) {
		if (job.stop() == HeldJob.Stop.SHUTDOWN) {
			return new RetryPolicy.Verdict(new Outcome.HandedBack(job.claimed().crashes()), null);
		}
		if (job.stop() == HeldJob.Stop.CANCELLED) {
			logger.debug("Cancelled {}", job.job(), ex);
			return new RetryPolicy.Verdict(Outcome.Cancelled.BY_REQUEST, null);
		}
		return failed(job, ex);
	}

	private RetryPolicy.Verdict failed(HeldJob job, Throwable ex) {
		RetryPolicy.Verdict verdict;
		try {
			verdict = (job.stop() == HeldJob.Stop.TIMED_OUT) ? this.retryPolicy.timedOut(job, ex)
					: this.retryPolicy.threw(job, ex);
		}
		catch (Throwable again) {
			// An exhausted heap or stack: the slot must live on.
			return new RetryPolicy.Verdict(new Outcome.Retry(RetryPolicy.LAST_RESORT, null), null);
		}
		logOrFail(job, verdict.outcome(), ex);
		return verdict;
	}

	private void logOrFail(HeldJob job, Outcome outcome, Throwable ex) {
		try {
			log(job, outcome, ex);
		}
		catch (Throwable again) {
			// An exception that throws when it is described, or a logging set-up that
			// does: neither may change what becomes of the job.
			logger.warn("Failed: {}, and its {} cannot be logged", job.job(), ex.getClass().getName());
		}
	}

	private void log(HeldJob job, Outcome outcome, Throwable ex) {
		boolean timedOut = job.stop() == HeldJob.Stop.TIMED_OUT && job.isRunning();
		if (job.stop() != null && !timedOut) {
			logger.debug("Stopped {}", job.job(), ex);
		}
		else if (outcome instanceof Outcome.Dead dead) {
			logger.error("Dead: {}. {}", job.job(), dead.reason(), ex);
		}
		else if (timedOut) {
			logger.warn("Timed out: {}, to be retried. Where it stood: {}", job.job(), ex.toString());
		}
		else {
			logger.warn("Failed: {}, to be retried. {}", job.job(), ex.toString());
		}
	}

}
