package io.tasuki.actuate;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt.
 *
 * @param attempt its number, counted from 1; a job that was retried when it was dead
 * counts from 1 again
 * @param outcome {@code FAILED}, {@code RUNNING} or {@code SUCCEEDED}; {@code null} if it
 * ended in another way, or is no longer kept
 * @param error what went wrong; {@code null} if nothing did
 * @param logLines what its handler logged, as far as it is kept, oldest first
 */
public record AttemptDescriptor(int attempt, @Nullable Outcome outcome, @Nullable Error error, List<LogLine> logLines) {

	public AttemptDescriptor {
		logLines = List.copyOf(logLines);
	}

	/** How an attempt ended, or that it did not. */
	public enum Outcome {

		/** It went wrong. */
		FAILED,

		/** A worker holds the job. */
		RUNNING,

		/** Its handler was done. */
		SUCCEEDED

	}

	/**
	 * What went wrong in an attempt.
	 *
	 * @param at when that was recorded
	 * @param type class name of what was thrown, or a word
	 * @param message what went wrong, masked as errors are
	 * @param stackTrace beginning of the stack trace, masked as errors are; {@code null}
	 * when there was no exception
	 */
	public record Error(Instant at, String type, String message, @Nullable String stackTrace) {
	}

	/**
	 * A line that a handler logged.
	 *
	 * @param at when
	 * @param text the line, masked
	 */
	public record LogLine(Instant at, String text) {
	}

}
