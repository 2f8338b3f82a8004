package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.store.Completion;

/**
 * A job whose outcome is to be recorded.
 *
 * @param held the job
 * @param completion the outcome, and the lease under which it was reached
 * @param runTime how long the handler ran; zero if it was not called
 * @param inDoubt whether the job may have been completed before, by a transaction whose
 * end is not known
 */
record FinishedJob(HeldJob held, Completion completion, Duration runTime, boolean inDoubt) {

	FinishedJob(HeldJob held, Completion completion, Duration runTime) {
		this(held, completion, runTime, false);
	}

}
