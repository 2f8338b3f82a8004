package io.tasuki.worker;

import java.util.function.BooleanSupplier;

import io.tasuki.Job;
import io.tasuki.JobCancelledException;
import io.tasuki.JobContext;
import io.tasuki.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * What a handler sees of its job.
 */
final class RunningJob implements JobContext {

	private static final int MAX_NOTE = 500;

	private final HeldJob held;

	private final BooleanSupplier draining;

	RunningJob(HeldJob held, BooleanSupplier draining) {
		this.held = held;
		this.draining = draining;
	}

	@Override
	public Job job() {
		return this.held.job();
	}

	@Override
	public int attempt() {
		return this.held.job().attempt();
	}

	@Override
	public boolean isCancelled() {
		return this.held.stop() != null;
	}

	@Override
	public boolean isDraining() {
		return this.draining.getAsBoolean();
	}

	@Override
	public void throwIfCancelled() {
		HeldJob.Stop stop = this.held.stop();
		if (stop != null) {
			throw new JobCancelledException("%s should stop: %s".formatted(job(), reason(stop)));
		}
	}

	private static String reason(HeldJob.Stop stop) {
		return switch (stop) {
			case SHUTDOWN -> "the worker is shutting down";
			case LEASE_LOST -> "its lease was lost";
			case TIMED_OUT -> "it has run longer than its timeout";
			case CANCELLED -> "somebody cancelled it";
		};
	}

	@Override
	public void progress(int percent, @Nullable String note) {
		if (percent < 0 || percent > 100) {
			throw new IllegalArgumentException("Progress must be from 0 to 100 percent, not " + percent);
		}
		String words = (note != null) ? RetryPolicy.cut(note, MAX_NOTE) : null;
		this.held.report((reporting) -> reporting.progress(percent, words));
	}

	@Override
	public void log(String line) {
		String text = RetryPolicy.cut(String.valueOf(line), LogLine.MAX_LENGTH);
		this.held.report((reporting) -> reporting.log(text));
	}

	@Override
	public void metadata(String name, @Nullable String value) {
		this.held.report((reporting) -> reporting.metadata(name, value));
	}

}
