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

	/** Wait before the next attempt when not even the usual wait can be worked out. */
	private static final Duration LAST_RESORT = Duration.ofMinutes(1);

	private final RetryPolicy retryPolicy;

	private final Suspects suspects;

	private final WorkerListener listener;

	private final Consumer<FinishedJob> completer;

	private final BooleanSupplier draining;

	JobRunner(RetryPolicy retryPolicy, Suspects suspects, WorkerListener listener, Consumer<FinishedJob> completer,
			BooleanSupplier draining) {
		this.retryPolicy = retryPolicy;
		this.suspects = suspects;
		this.listener = listener;
		this.completer = completer;
		this.draining = draining;
	}

	void run(HeldJob job) {
		if ((job.suspect() && !this.suspects.admit(job)) || !job.start()) {
			return;
		}
		long begin = System.nanoTime();
		RetryPolicy.Verdict verdict = attempt(job);
		Lease lease = job.finish();
		// What interrupted this job must not interrupt the next one of this thread.
		Thread.interrupted();
		if (lease != null) {
			Duration runTime = Duration.ofNanos(System.nanoTime() - begin);
			this.completer
				.accept(new FinishedJob(job, new Completion(lease, verdict.outcome(), verdict.failure()), runTime));
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
		try {
			RetryPolicy.Verdict verdict = this.retryPolicy.threw(job, ex);
			log(job, verdict.outcome(), ex);
			return verdict;
		}
		catch (Throwable again) {
			// An exhausted heap or stack, or a logging set-up that throws: the slot must
			// live on.
			return new RetryPolicy.Verdict(new Outcome.Retry(LAST_RESORT, null), null);
		}
	}

	private void log(HeldJob job, Outcome outcome, Throwable ex) {
		if (job.stop() != null) {
			logger.debug("Stopped {}", job.job(), ex);
		}
		else if (outcome instanceof Outcome.Dead dead) {
			logger.error("Dead: {}. {}", job.job(), dead.reason(), ex);
		}
		else {
			logger.warn("Failed: {}, to be retried. {}", job.job(), ex.toString());
		}
	}

}
