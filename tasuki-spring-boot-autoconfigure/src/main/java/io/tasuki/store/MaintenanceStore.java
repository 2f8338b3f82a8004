package io.tasuki.store;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * What keeping the archive, the dead letters and the owners in order asks of a database.
 * Several instances may do it at once; days are days of UTC by the database's clock.
 */
public interface MaintenanceStore {

	/**
	 * Runs a round of maintenance, unless another instance is at one. Whoever dies during
	 * a round keeps nobody from the next.
	 * @param round calls the other methods
	 * @return whether it was this instance's turn
	 */
	boolean runAlone(Runnable round);

	/**
	 * Returns the days, today first, which the archive cannot take jobs for yet.
	 * @param daysAhead how many days after today to look at
	 */
	List<LocalDate> missingArchiveDays(int daysAhead);

	/**
	 * Prepares the archive for the jobs that finish on a day. Does nothing if it is
	 * prepared, or if another instance is at it.
	 */
	void addArchiveDay(LocalDate day);

	/**
	 * Returns the days whose jobs all finished longer ago than the retention.
	 */
	List<LocalDate> expiredArchiveDays(Duration retention);

	/**
	 * Deletes the archived jobs that finished on a day. Does nothing if they are gone, or
	 * if another instance is at it.
	 */
	void dropArchiveDay(LocalDate day);

	/**
	 * Deletes one page of the dead jobs that died longer ago than the retention, oldest
	 * first. One that the database does not let go keeps none of the others.
	 * @param after where the page begins, by time of death and id:
	 * {@link Position#START}, or what the page before it said
	 * @param limit most jobs to look at in this call
	 */
	Pruned pruneDead(Duration retention, Position after, int limit);

	/**
	 * Deletes the names of owners that no worker has claimed under for longer than the
	 * retention. A job that still mentions one calls its worker unknown from then on.
	 * @param limit most owners to delete in this call
	 * @return how many were deleted
	 */
	int pruneOwners(Duration retention, int limit);

}
