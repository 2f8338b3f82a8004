package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people and programs that operate jobs do with them: list, count, explain, cancel,
 * reschedule, retry, delete. Needs neither a worker nor a handler in this process.
 *
 * <p>
 * What changes jobs takes part in the caller's transaction, and is refused, as
 * {@link JobClient#cancel} is; workers are told after the commit. Where several jobs are
 * meant, one call handles one page of them, so that no call takes long or locks much: the
 * next page follows from the answer, and there is none once {@link JobPage#hasNext()} is
 * {@code false}. A page may be short, even empty, although there are more: one call looks
 * at some ten thousand jobs at most, whatever the filter. A loop over the pages that is
 * to hold all together belongs into one transaction. Serialization failures and deadlocks
 * go up to the caller.
 *
 * <p>
 * Safe for use by many threads.
 */
public interface JobOperations {

	/**
	 * Lists jobs: live ones in the order of their ids, dead ones latest first, finished
	 * ones roughly latest first. A job that stays in its state while the pages are read
	 * is listed once, whatever else comes and goes.
	 * @param filter which jobs
	 * @param page which part of the answer
	 * @throws IllegalArgumentException if the page does not follow one of such a listing
	 */
	JobPage<JobSummary> list(JobFilter filter, JobPageRequest page);

	/**
	 * Counts the live and the dead jobs of each queue, by name. About 20,000 live jobs
	 * and 50,000 dead ones are read, whatever the tables hold: where there are more, the
	 * answer says "at least" of the larger queues. At most 1,000 queues with live jobs
	 * are counted.
	 */
	List<QueueCounts> counts();

	/**
	 * Says why a job does not run, or that it does: all reasons that hold, the decisive
	 * one first. What it costs is bounded, whatever the queue holds. Reads in the
	 * caller's transaction if there is one, also in a read-only one, and changes nothing.
	 * @param id any job, also one that has ended
	 */
	JobExplanation explain(JobId id);

	/**
	 * Lists the workers that are alive, by name: at most 1,000. A worker that died is
	 * listed until its lease is over, one that was stopped is not listed any more.
	 */
	List<LiveWorker> workers();

	/**
	 * Cancels the live job that has a unique key.
	 * @param queue the queue in which the key is unique
	 * @param uniqueKey the key
	 * @return what that does, as {@link JobClient#cancel} says; empty if no live job has
	 * the key
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Optional<Cancellation> cancelByKey(String queue, String uniqueKey);

	/**
	 * Cancels live jobs that have a label, a page of them at a time. As
	 * {@link #cancelAll} with a filter of this label.
	 */
	default JobPage<Cancellation> cancelByLabel(String label, JobPageRequest page) {
		return cancelAll(JobFilter.live().withLabel(label), page);
	}

	/**
	 * Cancels live jobs, as {@link JobClient#cancel} does each. Passes over those that
	 * somebody has cancelled before. The answer has the jobs' payloads: where these are
	 * large, ask for small pages.
	 * @param filter which live jobs
	 * @param page which part of them
	 * @return what that does to each
	 * @throws IllegalArgumentException if the filter is about jobs that have ended
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	JobPage<Cancellation> cancelAll(JobFilter filter, JobPageRequest page);

	/**
	 * Has a waiting job wait until another moment; one that has passed means now.
	 * @throws IllegalArgumentException if the moment is out of range
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Rescheduling reschedule(JobId id, Instant runAt);

	/**
	 * Has a waiting job wait for so long from now on.
	 * @throws IllegalArgumentException if the delay is out of range
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Rescheduling reschedule(JobId id, Duration delay);

	/**
	 * Makes a waiting job due. It starts when its turn comes; one that is due already
	 * keeps its place.
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Rescheduling runNow(JobId id);

	/**
	 * Brings a dead job back to life, due at once: under its id, with all its attempts
	 * before it and the errors of the earlier ones kept.
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Retrial retry(JobId id);

	/**
	 * Brings dead jobs back to life, as {@link #retry} does each.
	 * @param filter which dead jobs
	 * @param page which part of them
	 * @return what became of each
	 * @throws IllegalArgumentException if the filter is about other jobs
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	JobPage<Retrial> retryAll(JobFilter filter, JobPageRequest page);

	/**
	 * Deletes finished or dead jobs for good.
	 * @param filter which finished or dead jobs
	 * @param page which part of them
	 * @return which were deleted
	 * @throws IllegalArgumentException if the filter is about live jobs, which are
	 * cancelled instead
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	JobPage<JobId> deleteAll(JobFilter filter, JobPageRequest page);

}
