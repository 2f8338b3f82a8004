package io.tasuki.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;

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
	 * Locks jobs until the calling thread's transaction ends, in one statement. Waits for
	 * others who have one of them locked.
	 * @return those of the leases that are still held
	 */
	Set<Lease> lock(Collection<Lease> leases);

	/**
	 * Records one outcome, as {@link #complete(List)} does.
	 */
	default Completed complete(Completion completion) {
		return complete(List.of(completion));
	}

	/**
	 * Records outcomes in the calling thread's transaction, each under its fence, or the
	 * cancel that somebody has asked for instead, as
	 * {@link CompletionStore#complete(List)} does. Waits for others who have one of the
	 * jobs locked. After an exception the transaction can only be rolled back.
	 * @return what became of them: written, or absent because the lease is lost
	 */
	Completed complete(List<Completion> completions);

	/**
	 * Hears why the calling thread's transaction is about to be rolled back: a connection
	 * that turned out to be of no use is not given out again. Throws nothing.
	 */
	void failed(Throwable failure);

}
