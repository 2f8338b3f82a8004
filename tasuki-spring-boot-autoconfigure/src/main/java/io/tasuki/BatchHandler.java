package io.tasuki;

import java.util.List;

/**
 * Code that runs several jobs of one kind in one call. Called by many threads at once, at
 * least once per job: a worker that dies in the middle leaves the attempts to be repeated
 * elsewhere, perhaps in other batches.
 *
 * @param <T> what {@link #handle} needs of each job
 */
public interface BatchHandler<T> {

	/**
	 * Reads what is needed of one job. What this throws ends the attempt of that job
	 * alone; the others run without it.
	 * @param context the job and what can be said about it
	 * @throws UnreadablePayloadException if the payload cannot be read: the job is dead
	 * at once, its payload untouched
	 * @throws Exception if the attempt failed
	 */
	T read(JobContext context) throws Exception;

	/**
	 * Runs one attempt of each job.
	 * @param batch at least one; cannot be changed
	 * @return how the attempts ended
	 * @throws Exception if all attempts failed: each job is retried with backoff, or dead
	 * after its last attempt. An {@link Error} means the same.
	 */
	BatchResult handle(List<T> batch) throws Exception;

}
