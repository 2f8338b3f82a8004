package io.tasuki.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.tasuki.Cancellation;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobSummary;
import io.tasuki.LiveWorker;
import io.tasuki.QueueCounts;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import org.jspecify.annotations.Nullable;

/**
 * The door to storage for those who operate jobs. Works inside the caller's transaction
 * where there is one, else in one of its own. Each call is bounded in what it looks at
 * and what it changes. Safe for use by many threads.
 */
public interface OperationsStore {

	/**
	 * Says whether what is written now becomes visible only when the caller's transaction
	 * commits.
	 * @throws EnqueueRefusedException if the caller's transaction cannot carry a write
	 */
	boolean joinsTransaction();

	/**
	 * Lists jobs, a page of them.
	 */
	JobPage<JobSummary> list(JobFilter filter, JobPageRequest page);

	/**
	 * Counts the live and the dead jobs of each queue.
	 */
	List<QueueCounts> counts();

	/**
	 * Finds out what there is to know of a job to say why it does not run.
	 */
	Circumstances circumstances(JobId id);

	/**
	 * Lists the workers that are alive, by name.
	 */
	List<LiveWorker> workers();

	/**
	 * Cancels the live job that has a unique key; empty if there is none.
	 */
	Optional<Cancellation> cancel(String queue, String uniqueKey);

	/**
	 * Cancels a page of live jobs, those aside that somebody has cancelled before. Waits
	 * for others who have a job locked.
	 */
	JobPage<Cancellation> cancel(JobFilter filter, JobPageRequest page);

	/**
	 * Has a waiting job wait so long from now on, and until a moment at least.
	 */
	Announced<Rescheduling> reschedule(JobId id, Duration delay, @Nullable Instant runAt);

	/**
	 * Makes a waiting job due.
	 */
	Announced<Rescheduling> runNow(JobId id);

	/**
	 * Brings a dead job back to life.
	 */
	Announced<Retrial> retry(JobId id);

	/**
	 * Brings a page of dead jobs back to life.
	 */
	JobPage<Announced<Retrial>> retry(JobFilter filter, JobPageRequest page);

	/**
	 * Deletes a page of finished or dead jobs.
	 */
	JobPage<JobId> delete(JobFilter filter, JobPageRequest page);

}
