package io.tasuki.sample.photo;

import java.time.Instant;

import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Context of a handler that a test calls itself.
 */
class SilentJobContext implements JobContext {

	@Override
	public Job job() {
		return new Job(new JobId(1), "MakeThumbnails", "photos", null, 5, 1, null, Instant.EPOCH, Instant.EPOCH);
	}

	@Override
	public int attempt() {
		return 1;
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public boolean isDraining() {
		return false;
	}

	@Override
	public void throwIfCancelled() {
	}

	@Override
	public void progress(int percent, @Nullable String note) {
	}

	@Override
	public void log(String line) {
	}

	@Override
	public void metadata(String name, @Nullable String value) {
	}

}
