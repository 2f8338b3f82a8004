package io.tasuki.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Claims jobs and keeps their leases, on a connection of its own on which nothing waits
 * for row locks. For one thread at a time. A connection that fails is closed; the next
 * call opens another, under a new owner.
 */
public interface LeaseStore extends AutoCloseable {

	/**
	 * Takes due jobs for this worker and starts their leases.
	 * @return the jobs, in run order within each line
	 */
	List<ClaimedJob> claim(ClaimRequest request);

	/**
	 * Extends leases, the current owner's and earlier owners' alike.
	 */
	Renewal renew(Collection<Lease> leases, Duration leaseDuration);

	/**
	 * Counts one crash against a suspect that is about to start: should its handler take
	 * this process down, the count is there already.
	 * @return the number of crashes including this one; empty if the lease is lost
	 */
	Optional<Integer> chargeCrash(Lease lease);

	/**
	 * Names the workers that are charged with the crashes of a held job, oldest first:
	 * the latest twenty at most. One that nobody knows any more is
	 * {@link WorkerName#UNKNOWN}.
	 * @return empty if none is known, or the lease is lost
	 */
	List<WorkerName> crashedWorkers(Lease lease);

	/**
	 * Writes what handlers said of running jobs. A lost lease or a locked row is passed
	 * over.
	 * @return the leases whose reports are not to be given again: they are written, or
	 * the database refuses what is in them
	 */
	Set<Lease> writeReports(Collection<Report> reports);

	/**
	 * Looks at queues without taking anything.
	 * @return by queue, one for each that was asked for
	 */
	Map<String, Outlook> look(Set<String> queues);

	/**
	 * Says that this worker lives and what it does, for people to see. It is forgotten if
	 * nothing more is said for longer than its lease. Where the database does not take
	 * that down, nothing else changes.
	 * @return the database's time; empty where the database did not take it down
	 */
	Optional<Instant> announce(WorkerReport report);

	/**
	 * Says that this worker stops.
	 */
	void withdraw();

	@Override
	void close();

}
