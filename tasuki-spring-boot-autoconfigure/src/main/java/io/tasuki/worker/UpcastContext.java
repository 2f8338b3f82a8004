package io.tasuki.worker;

import io.tasuki.Job;
import io.tasuki.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handler sees of a job whose payload was stored in an older version.
 *
 * @param context the attempt
 * @param job the job with a payload of the version that the handler reads
 */
record UpcastContext(JobContext context, Job job) implements JobContext {

	@Override
	public int attempt() {
		return this.context.attempt();
	}

	@Override
	public boolean isCancelled() {
		return this.context.isCancelled();
	}

	@Override
	public boolean isDraining() {
		return this.context.isDraining();
	}

	@Override
	public void throwIfCancelled() {
		this.context.throwIfCancelled();
	}

	@Override
	public void progress(int percent, @Nullable String note) {
		this.context.progress(percent, note);
	}

	@Override
	public void log(String line) {
		this.context.log(line);
	}

	@Override
	public void metadata(String name, @Nullable String value) {
		this.context.metadata(name, value);
	}

}
