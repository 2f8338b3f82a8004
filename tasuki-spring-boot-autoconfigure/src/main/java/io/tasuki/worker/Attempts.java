package io.tasuki.worker;

import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.tasuki.JobResult;
import io.tasuki.store.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls handlers and turns whatever comes back or is thrown into a verdict. Never throws.
 */
final class Attempts {

	private static final Logger logger = LoggerFactory.getLogger(Attempts.class);

	private final RetryPolicy retryPolicy;

	private final WorkerListener listener;

	private final BooleanSupplier draining;

	Attempts(RetryPolicy retryPolicy, WorkerListener listener, BooleanSupplier draining) {
		this.retryPolicy = retryPolicy;
		this.listener = listener;
		this.draining = draining;
	}

	/**
	 * Makes the attempt of a job that has started.
	 */
	Attempt make(HeldJob job) {
		try {
			this.listener.started(job.job());
			return new Attempt(this.retryPolicy.returned(job, call(job)), null);
		}
		catch (Throwable ex) {
			return new Attempt(threw(job, ex), ex);
		}
	}

	private JobResult call(HeldJob job) throws Exception {
		JobResult result = job.registration().handler().handle(new RunningJob(job, this.draining));
		return Objects.requireNonNull(result,
				() -> "%s returned no JobResult".formatted(job.registration().description()));
	}

	private RetryPolicy.Verdict threw(HeldJob job, Throwable ex) {
		if (job.stop() == HeldJob.Stop.SHUTDOWN) {
			return new RetryPolicy.Verdict(new Outcome.HandedBack(job.claimed().crashes()), null);
		}
		if (job.stop() == HeldJob.Stop.CANCELLED) {
			logger.debug("Cancelled {}", job.job(), ex);
			return new RetryPolicy.Verdict(Outcome.Cancelled.BY_REQUEST, null);
		}
		return failed(job, ex);
	}

	/**
	 * Judges a job whose attempt failed by an exception.
	 */
	RetryPolicy.Verdict failed(HeldJob job, Throwable ex) {
		RetryPolicy.Verdict verdict;
		try {
			verdict = this.retryPolicy.threw(job, ex);
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
