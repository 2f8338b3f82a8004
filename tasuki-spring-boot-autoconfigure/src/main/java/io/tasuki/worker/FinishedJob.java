package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.store.Completion;

/**
 * A job whose outcome is to be recorded.
 *
 * @param held the job
 * @param completion the outcome, and the lease under which it was reached
 * @param runTime how long the handler ran; zero if it was not called
 */
record FinishedJob(HeldJob held, Completion completion, Duration runTime) {

}
