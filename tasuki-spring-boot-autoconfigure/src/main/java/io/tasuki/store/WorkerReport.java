package io.tasuki.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.LiveWorker;

/**
 * What a worker says of itself.
 *
 * @param uptime how long ago it started
 * @param leaseDuration how long it counts as alive without another word
 * @param draining whether it takes no more jobs
 * @param slots most jobs that it runs at once
 * @param slotsInUse slots in which a job runs
 * @param queues queues it takes jobs of
 * @param kinds kinds it handles, aliases included
 * @param limits what holds within its slots
 * @param longestHeld the jobs it has held longest, the longest first
 */
public record WorkerReport(Duration uptime, Duration leaseDuration, boolean draining, int slots, int slotsInUse,
		Set<String> queues, Set<String> kinds, List<LiveWorker.Limit> limits, List<Held> longestHeld) {

	/**
	 * A job that it holds.
	 *
	 * @param id the job
	 * @param heldFor how long ago it claimed the job
	 */
	public record Held(JobId id, Duration heldFor) {
	}

}
