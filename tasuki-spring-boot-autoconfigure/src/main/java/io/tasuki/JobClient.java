package io.tasuki;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Enqueues and cancels jobs. Needs neither a worker nor a handler in this process.
 *
 * <p>
 * Inside a transaction that covers the queue's data source, enqueueing is part of that
 * transaction: the job exists if and only if it commits. Outside one, each call is a
 * transaction of its own and the job exists when the call returns. Workers are woken
 * after the commit. Cancelling goes the same ways.
 *
 * <p>
 * Safe for use by many threads.
 */
public interface JobClient {

	/**
	 * Enqueues one job to run as soon as possible, with all defaults. The kind comes from
	 * {@link JobKind @JobKind} on the payload's class, else from its simple name.
	 * @param payload the job's input; a {@link JobRequest} is taken as such
	 * @return the stored job's id
	 * @throws PayloadException if the payload cannot be written as JSON or is too large
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 * @throws IllegalArgumentException if no kind can be told from the payload's class,
	 * as with {@code String} or {@code Map}
	 */
	EnqueuedJob enqueue(Object payload);

	/**
	 * Enqueues one job as the request says.
	 * @param request what to run, where and when
	 * @return the stored job's id
	 * @throws PayloadException if the payload cannot be written as JSON or is too large
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	EnqueuedJob enqueue(JobRequest<?> request);

	/**
	 * Enqueues many jobs in one round trip: all of them, or none when it throws.
	 * @param payloadsOrRequests payloads and {@link JobRequest}s in any mixture; may be
	 * empty
	 * @return the stored jobs' ids in the order of the argument
	 * @throws PayloadException if a payload cannot be written as JSON or is too large
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 * @throws IllegalArgumentException if no kind can be told from a payload's class
	 */
	List<EnqueuedJob> enqueueAll(Collection<?> payloadsOrRequests);

	/**
	 * Cancels a job. One that waits, now or for its run-at, will not run; it is kept in
	 * the archive as cancelled, if there is one that takes it and the retention mode of
	 * its queue says so. One that runs is told to stop: {@link JobContext#isCancelled()}
	 * becomes true and its thread is interrupted, within a second in any instance, and at
	 * worst with its next heartbeat. It then ends as cancelled whatever its handler
	 * throws or returns, with one exception: a handler that is done all the same has
	 * succeeded. A job whose worker died ends as cancelled when another worker comes upon
	 * it.
	 *
	 * <p>
	 * Undone by a rollback; workers are told after the commit. As long as the transaction
	 * is open, the outcome of this job, but of no other, waits for it, and so does the
	 * renewal of its lease: should it stay open for longer than a lease, another worker
	 * may take the job over. Waits in its turn for whoever has the job locked: another
	 * cancel, or a transactional handler that runs it and keeps its snapshot
	 * (REPEATABLE_READ or above) or is about to commit. Serialization failures and
	 * deadlocks go up to the caller.
	 * @param id identity of the job
	 * @return what that does to the job
	 * @throws EnqueueRefusedException if the current transaction is read-only or does not
	 * cover the queue's data source
	 */
	Cancellation cancel(JobId id);

	/**
	 * Looks a job up among the live ones, the archived ones and the dead letters, as the
	 * current transaction sees them.
	 * @param id identity of the job
	 * @return the job; empty when there never was one or its retention is over
	 */
	Optional<FoundJob> find(JobId id);

	/**
	 * Waits until a job has ended, in whatever instance it runs. Asks the database every
	 * now and then, at first every few milliseconds and later four times a second, so it
	 * learns of the end within about a quarter of the time that the job took.
	 * @param id identity of the job
	 * @param timeout longest wait; zero to look once
	 * @return the job as it ended, succeeded, cancelled or dead; empty if it has not by
	 * then
	 * @throws JobNotFoundException if there is no such job
	 * @throws IllegalStateException if called inside a transaction on the queue's data
	 * source, which might hold back the job that it waits for
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	Optional<FoundJob> await(JobId id, Duration timeout) throws InterruptedException;

	/**
	 * Waits, as {@link #await} does, for what a job came to.
	 * @param <T> type of the result
	 * @param id identity of a job whose handler keeps its result
	 * @param type what to read the result as
	 * @param timeout longest wait; zero to look once
	 * @return the result; empty if the job has not ended by then
	 * @throws JobEndedException if the job is dead or cancelled
	 * @throws JobNotFoundException if there is no such job
	 * @throws UnreadablePayloadException if the result cannot be read as that type
	 * @throws IllegalStateException if called inside a transaction on the queue's data
	 * source, or if the job succeeded and its handler kept no result
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	<T> Optional<T> awaitResult(JobId id, Class<T> type, Duration timeout) throws InterruptedException;

}
