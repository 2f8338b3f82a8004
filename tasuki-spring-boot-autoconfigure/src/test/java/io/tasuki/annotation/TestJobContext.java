package io.tasuki.annotation;

import java.time.Instant;

import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/** A context that only knows its job. */
record TestJobContext(Job job) implements JobContext {

	static TestJobContext withPayload(@Nullable String payload) {
		return new TestJobContext(
				new Job(new JobId(7), "test", "default", payload, 5, 1, null, Instant.EPOCH, Instant.EPOCH));
	}

	@Override
	public int attempt() {
		return this.job.attempt();
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
