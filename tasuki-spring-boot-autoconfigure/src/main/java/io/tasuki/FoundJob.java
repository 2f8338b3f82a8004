package io.tasuki;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Answer of {@link JobClient#find}: a job, where it is in its life and what became of its
 * attempts.
 *
 * @param job the job
 * @param state where the job is in its life
 * @param progress what the handler last reported, in percent from 0 to 100; it reaches
 * the store with a delay of about a second; {@code null} when nothing was reported
 * @param progressNote the handler's words with that progress; {@code null} when none
 * @param errors failed attempts, oldest first; only the latest are kept of a job that
 * failed very often
 * @param logLines what its handler logged, over all attempts, oldest first; only the
 * latest {@value LogLine#MAX_LINES} are kept, and they reach the store with a delay of
 * about a second
 * @param result what the job came to, as JSON; {@code null} unless it succeeded and its
 * handler keeps results
 * @param reason why the job is cancelled or dead; {@code null} in any other state
 * @param finishedAt when the job succeeded, was cancelled or died; {@code null} while it
 * lives
 */
public record FoundJob(Job job, JobState state, @Nullable Integer progress, @Nullable String progressNote,
		List<AttemptError> errors, List<LogLine> logLines, @Nullable String result, @Nullable String reason,
		@Nullable Instant finishedAt) {

	public FoundJob {
		errors = List.copyOf(errors);
		logLines = List.copyOf(logLines);
	}

}
