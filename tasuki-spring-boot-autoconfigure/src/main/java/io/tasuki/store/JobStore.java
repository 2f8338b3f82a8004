package io.tasuki.store;

import java.util.List;
import java.util.Optional;

import io.tasuki.Cancellation;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.FoundJob;
import io.tasuki.JobId;

/**
 * The door to storage for those who enqueue and ask. Works inside the caller's
 * transaction where there is one, else in one of its own. Safe for use by many threads.
 */
public interface JobStore {

	/**
	 * Says whether what is written now becomes visible only when the caller's transaction
	 * commits.
	 * @return {@code false} when there is no transaction, or one that does not cover the
	 * queue's data source and this is allowed: each call commits by itself
	 * @throws EnqueueRefusedException if the caller's transaction cannot carry a write
	 */
	boolean joinsTransaction();

	/**
	 * Says whether the calling thread is in a transaction of which what is done here
	 * would become a part.
	 */
	boolean inTransaction();

	/**
	 * Stores all of these jobs in one round trip, or none of them.
	 * @return what became of each, in the order of the argument
	 */
	List<InsertedJob> insert(List<NewJob> jobs);

	/**
	 * Ends a job that waits as cancelled; notes on one that a worker holds that it is to
	 * be cancelled. Waits for others who have the job locked.
	 */
	Cancellation cancel(JobId id);

	/**
	 * Finds a job among the live, the archived and the dead.
	 */
	Optional<FoundJob> find(JobId id);

}
