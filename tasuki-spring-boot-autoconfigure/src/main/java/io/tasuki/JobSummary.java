package io.tasuki;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One line of a listing: everything short that there is to know of a job. Its payload and
 * its errors, which may be large, are in {@link JobClient#find}'s answer.
 *
 * @param id identity of the job
 * @param kind name that selects the handler
 * @param queue queue the job waits in, or waited in
 * @param state where it is in its life
 * @param priority 0 first to 9 last
 * @param attempt number of the current or latest attempt; 0 before the first claim
 * @param maxAttempts attempts before the job is dead; {@code null} when the worker that
 * runs the job decides
 * @param runAt the job does not start before this moment
 * @param createdAt when the job was enqueued
 * @param finishedAt when it succeeded, was cancelled or died; {@code null} while it lives
 * @param uniqueKey its unique key, if it has one
 * @param label its label, if it has one
 * @param progress how far its handler said it had come, in percent
 * @param reason why it is dead or was cancelled; {@code null} in any other state
 */
public record JobSummary(JobId id, String kind, String queue, JobState state, int priority, int attempt,
		@Nullable Integer maxAttempts, Instant runAt, Instant createdAt, @Nullable Instant finishedAt,
		@Nullable String uniqueKey, @Nullable String label, @Nullable Integer progress, @Nullable String reason) {
}
