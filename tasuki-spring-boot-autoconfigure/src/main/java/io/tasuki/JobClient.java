package io.tasuki;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Enqueues jobs. Needs neither a worker nor a handler in this process.
 *
 * <p>
 * Inside a transaction that covers the queue's data source, enqueueing is part of that
 * transaction: the job exists if and only if it commits. Outside one, each call is a
 * transaction of its own and the job exists when the call returns. Workers are woken
 * after the commit.
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
	 * Looks a job up among the live ones, the archived ones and the dead letters, as the
	 * current transaction sees them.
	 * @param id identity of the job
	 * @return the job; empty when there never was one or its retention is over
	 */
	Optional<FoundJob> find(JobId id);

}
