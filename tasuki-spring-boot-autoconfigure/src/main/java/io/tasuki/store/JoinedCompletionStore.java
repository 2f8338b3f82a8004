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
	 * Records one outcome in the calling thread's transaction, under its fence, or the
	 * cancel that somebody has asked for instead, as
	 * {@link CompletionStore#complete(java.util.List)} does. Waits for others who have
	 * the job locked. After an exception the transaction can only be rolled back.
	 * @return what became of it: written, or absent because the lease is lost
	 */
	Completed complete(Completion completion);

	/**
	 * Hears why the calling thread's transaction is about to be rolled back: a connection
	 * that turned out to be of no use is not given out again. Throws nothing.
	 */
	void failed(Throwable failure);

}
