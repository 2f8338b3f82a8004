package io.tasuki.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Records outcomes, on a connection of its own. For one thread at a time. A connection
 * that fails is closed; the next call opens another.
 */
public interface CompletionStore extends AutoCloseable {

	/**
	 * Records a group of outcomes in one transaction, each under its fence. A job that
	 * somebody has cancelled and that is neither succeeded nor cancelled by its own
	 * outcome ends as cancelled instead. What a handler said of its job is written before
	 * its outcome, or the outcome is not; only if the database refuses what is in it, the
	 * outcome goes without. A row that somebody has locked delays none of the others.
	 * Durable when it returns; after an exception it is unknown which outcomes were
	 * recorded, and the same group can be given again.
	 */
	Completed complete(List<Completion> completions);

	/**
	 * Tells what became of outcomes that were given again and whose leases were then
	 * absent. Looks for a few seconds at most.
	 * @param attemptsUsed the leases, and how many attempts each job has used up if the
	 * outcome was recorded, {@link Integer#MAX_VALUE} if that was the job's end
	 * @param since how long ago one of them can have been recorded at the earliest
	 * @return what can be told: of some it cannot, such as of a job that was deleted when
	 * it was done
	 */
	Map<Lease, Fate> fates(Map<Lease, Integer> attemptsUsed, Duration since);

	@Override
	void close();

}
