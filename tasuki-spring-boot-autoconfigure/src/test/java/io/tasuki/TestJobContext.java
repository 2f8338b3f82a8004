package io.tasuki;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A context that only knows its job.
 *
 * @param job the job
 */
public record TestJobContext(Job job) implements JobContext {

	public static TestJobContext withPayload(@Nullable String payload) {
		return of(payload, Map.of());
	}

	public static TestJobContext withMetadata(Map<String, String> metadata) {
		return of(null, metadata);
	}

	private static TestJobContext of(@Nullable String payload, Map<String, String> metadata) {
		return new TestJobContext(new Job(new JobId(7), "test", "default", payload, 5, 1, null, Instant.EPOCH,
				Instant.EPOCH, null, metadata));
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
