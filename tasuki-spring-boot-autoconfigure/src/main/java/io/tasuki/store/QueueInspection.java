package io.tasuki.store;

import java.util.List;
import java.util.Set;

/**
 * Looks into queues for those who operate them. What it costs is bounded, whatever the
 * queues hold. Safe for use by many threads.
 */
public interface QueueInspection {

	/**
	 * Finds the jobs that are due, that nobody runs, and whose kind is none of those
	 * given. Looks at the first due jobs of each priority only, which is where jobs
	 * gather that nobody takes.
	 * @param queues where to look
	 * @param kinds what is known
	 * @return one entry for each queue and unknown kind
	 */
	List<UnknownKind> unknownKinds(Set<String> queues, Set<String> kinds);

	/**
	 * Counts the jobs of queues. Of each priority, and of the dead letters of all, only
	 * so many are looked at, those that are due first and those that died last.
	 * @param queues where to look
	 * @return one entry for each queue; none where nobody counts
	 */
	default List<QueueDepth> depths(Set<String> queues) {
		return List.of();
	}

	/**
	 * Finds out who takes the jobs of queues, and which other queues hold live jobs: the
	 * first so many of these by name. Knows nobody, unless it can tell.
	 * @param queues what to look for at least
	 * @return one entry for each queue
	 */
	default List<QueueTakers> takers(Set<String> queues) {
		return List.of();
	}

}
