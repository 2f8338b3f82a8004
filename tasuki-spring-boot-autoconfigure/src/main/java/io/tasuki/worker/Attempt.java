package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What one call of a handler came to.
 *
 * @param job the job
 * @param verdict what becomes of the job
 * @param thrown what the handler threw; {@code null} if it returned
 * @param lease the lease under which to record the outcome
 * @param runTime how long the call took
 */
record Attempt(HeldJob job, RetryPolicy.Verdict verdict, @Nullable Throwable thrown, Lease lease, Duration runTime) {

	/**
	 * Returns this attempt with another end.
	 */
	Attempt judged(RetryPolicy.Verdict verdict) {
		return new Attempt(this.job, verdict, this.thrown, this.lease, this.runTime);
	}

	/**
	 * Returns the job as one whose outcome is to be recorded.
	 */
	FinishedJob finished() {
		return finished(null);
	}

	/**
	 * Returns the job as one whose outcome is to be recorded, unless another one is
	 * recorded already.
	 */
	FinishedJob finished(@Nullable Outcome committed) {
		Completion completion = new Completion(this.lease, this.verdict.outcome(), this.verdict.failure());
		return new FinishedJob(this.job, completion, this.runTime, committed);
	}

}
