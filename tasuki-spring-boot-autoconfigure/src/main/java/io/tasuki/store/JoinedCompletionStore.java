package io.tasuki.store;

/**
 * Records outcomes as part of the calling thread's transaction, so that what a handler
 * wrote and the completion of its job commit together or not at all. Safe for use by many
 * threads.
 */
public interface JoinedCompletionStore {

	/**
	 * Returns whether transactions on this data source cover the queue.
	 */
	boolean covers(Object dataSource);

	/**
	 * Returns whether the calling thread's transaction sees the database as it was at the
	 * first statement, so that the job's row must be locked from then on.
	 */
	boolean keepsItsSnapshot();

	/**
	 * Locks the job until the calling thread's transaction ends. Waits for others who
	 * have it locked.
	 * @return {@code false} if the lease is lost
	 */
	boolean lock(Lease lease);

	/**
	 * Records one outcome in the calling thread's transaction, under its fence. Waits for
	 * others who have the job locked. After an exception the transaction can only be
	 * rolled back.
	 * @return what became of it: written, or absent because the lease is lost
	 */
	Completed complete(Completion completion);

}
