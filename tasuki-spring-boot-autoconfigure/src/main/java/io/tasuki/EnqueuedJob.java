package io.tasuki;

import java.util.Objects;

/**
 * Answer to an enqueue.
 *
 * @param id identity of the job
 * @param created whether this call stored the job; {@code false} when a live job with the
 * same unique key stood in its place, whose id this is
 */
public record EnqueuedJob(JobId id, boolean created) {

	public EnqueuedJob {
		Objects.requireNonNull(id, "'id' must not be null");
	}

}
