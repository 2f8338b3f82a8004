package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.JobId;

/**
 * A slot whose attempt is over, or no longer this worker's, but whose thread goes on.
 *
 * @param job the job whose attempt it was; of a batch, one of its jobs
 * @param kind its kind
 * @param queue its queue
 * @param attempt number of the attempt
 * @param thread name of the thread
 * @param stuckFor for how long
 * @param why completes the sentence "the slot is stuck: …"
 */
public record StuckSlot(JobId job, String kind, String queue, int attempt, String thread, Duration stuckFor,
		String why) {

}
