package io.tasuki.worker;

import io.tasuki.Job;
import io.tasuki.UnreadablePayloadException;

/**
 * A handler that can say whether it could read a job's payload, without running the job.
 */
public interface PayloadReader {

	/**
	 * Reads the payload as an attempt would, and drops it.
	 * @throws UnreadablePayloadException if it cannot be read, so that an attempt would
	 * end the job as dead
	 */
	void read(Job job);

	/**
	 * Reads the payload by a handler that can do so; by any other it counts as readable.
	 */
	static void read(Object handler, Job job) {
		if (handler instanceof PayloadReader reader) {
			reader.read(job);
		}
	}

}
