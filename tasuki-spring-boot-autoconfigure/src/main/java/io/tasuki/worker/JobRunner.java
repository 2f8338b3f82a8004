package io.tasuki.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.tasuki.JobResult;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt, on the thread of the slot: calls the handler, turns whatever comes
 * back or is thrown into an outcome and hands it on. Never throws.
 */
final class JobRunner {

	private static final Logger logger = LoggerFactory.getLogger(JobRunner.class);

	private final RetryPolicy retryPolicy;

	private final Suspects suspects;

	private final WorkerListener listener;

	private final Consumer<FinishedJob> completer;

	private final BooleanSupplier draining;

	private final Timeouts timeouts;

	private final StuckSlots stuckSlots;

	JobRunner(RetryPolicy retryPolicy, Suspects suspects, WorkerListener listener, Consumer<FinishedJob> completer,
			BooleanSupplier draining, Timeouts timeouts, StuckSlots stuckSlots) {
		this.retryPolicy = retryPolicy;
		this.suspects = suspects;
		this.listener = listener;
		this.completer = completer;
		this.draining = draining;
		this.timeouts = timeouts;
		this.stuckSlots = stuckSlots;
	}

	void run(HeldJob job) {
		if ((job.suspect() && !this.suspects.admit(job)) || !job.start()) {
			return;
		}
		long begin = System.nanoTime();
		this.timeouts.begin(job);
		RetryPolicy.Verdict verdict = attempt(job);
		Lease lease = job.finish();
		// What interrupted this job must not interrupt the next one of this thread.
		Thread.interrupted();
		this.timeouts.over(job);
		if (lease != null) {
			Duration runTime = Duration.ofNanos(System.nanoTime() - begin);
			this.completer
				.accept(new FinishedJob(job, new Completion(lease, verdict.outcome(), verdict.failure()), runTime));
		}
		else {
			this.stuckSlots.cameBack(job);
		}
	}

	private RetryPolicy.Verdict attempt(HeldJob job) {
		try {
			this.listener.started(job.job());
			return this.retryPolicy.returned(job, call(job));
		}
		catch (Throwable ex) {
			if (job.stop() == HeldJob.Stop.SHUTDOWN) {
				return new RetryPolicy.Verdict(new Outcome.HandedBack(job.claimed().crashes()), null);
			}
			return failed(job, ex);
		}
	}

	private JobResult call(HeldJob job) throws Exception {
		JobResult result = job.registration().handler().handle(new RunningJob(job, this.draining));
		return Objects.requireNonNull(result,
				() -> "%s returned no JobResult".formatted(job.registration().description()));
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
