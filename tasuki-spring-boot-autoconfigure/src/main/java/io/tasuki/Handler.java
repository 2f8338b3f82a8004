package io.tasuki;

/**
 * Code that runs the jobs of one kind. Called by many threads at once, at least once per
 * job: a worker that dies in the middle leaves the attempt to be repeated elsewhere.
 */
@FunctionalInterface
public interface Handler {

	/**
	 * Runs one attempt.
	 * @param context the job and what can be said about it
	 * @return how the attempt ended
	 * @throws UnreadablePayloadException if the payload cannot be read: the job is dead
	 * at once, its payload untouched
	 * @throws Exception if the attempt failed: the job is retried with backoff, or dead
	 * after its last attempt. An {@link Error} means the same.
	 */
	JobResult handle(JobContext context) throws Exception;

}
