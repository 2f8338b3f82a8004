package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.store.Completion;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A job whose outcome is to be recorded.
 *
 * @param held the job
 * @param completion the outcome, and the lease under which it was reached; what the
 * handler said and is not known to be written comes with it
 * @param runTime how long the handler ran; zero if it was not called
 * @param committed the outcome that may have been recorded already, by a handler's
 * transaction whose end is not known; {@code null} if there is none
 */
record FinishedJob(HeldJob held, Completion completion, Duration runTime, @Nullable Outcome committed) {

	FinishedJob {
		completion = completion.withRetention(held.retention()).withReport(held.unwritten(completion.lease()));
	}

	FinishedJob(HeldJob held, Completion completion, Duration runTime) {
		this(held, completion, runTime, null);
	}

	/**
	 * Returns how many attempts the job has used up once this is recorded;
	 * {@link Integer#MAX_VALUE} if that is its end.
	 */
	int attemptsUsed() {
		int attempt = this.held.job().attempt();
		Outcome outcome = this.completion.outcome();
		if (outcome instanceof Outcome.Retry) {
			return attempt;
		}
		boolean givenBack = outcome instanceof Outcome.Snoozed || outcome instanceof Outcome.HandedBack;
		return givenBack ? attempt - 1 : Integer.MAX_VALUE;
	}

}
