package io.tasuki.store;

import java.util.List;
import java.util.Set;

import io.tasuki.Job;

/**
 * Looks at some of the jobs that wait. What it costs is bounded, whatever the queues
 * hold. Safe for use by many threads.
 */
public interface JobSample {

	/**
	 * Returns some of the jobs that wait, now or for their run-at, those of each kind
	 * that are due first. Does not look far into a queue, so a kind whose jobs wait
	 * behind many others may be missing.
	 * @param queues where to look
	 * @param kinds what to look for
	 * @param perKind most jobs of a kind
	 */
	List<Job> waiting(Set<String> queues, Set<String> kinds, int perKind);

}
