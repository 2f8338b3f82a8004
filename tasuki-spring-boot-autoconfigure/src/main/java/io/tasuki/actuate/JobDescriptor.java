package io.tasuki.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobExplanation;
import io.tasuki.JobState;
import io.tasuki.actuate.JobValue.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One job with the history of its attempts, and why it does or does not run. Values that
 * the {@link JobMasker} judges are marked as masked.
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
 * @param label its label; {@code null} if it has none
 * @param progress what its handler last reported, in percent
 * @param progressNote the handler's words with that, masked
 * @param payload its input as JSON, masked; {@code null} when the kind carries none
 * @param metadata what travels with it, by name, each value masked
 * @param result what it came to as JSON, masked; {@code null} if none is kept
 * @param reason why it is dead or was cancelled, masked as errors are
 * @param attempts what became of its attempts, as far as it is kept, oldest first
 * @param explanation why it does not run, or that it does
 */
public record JobDescriptor(long id, String kind, String queue, JobState state, int priority, int attempt,
		@Nullable Integer maxAttempts, Instant runAt, Instant createdAt, @Nullable Instant finishedAt,
		@Nullable String label, @Nullable Integer progress, @Nullable String progressNote, @Nullable String payload,
		Map<String, String> metadata, @Nullable String result, @Nullable String reason,
		List<AttemptDescriptor> attempts, ExplanationDescriptor explanation) implements OperationResponseBody {

	static JobDescriptor of(FoundJob found, JobExplanation explanation, JobMasker masker) {
		Job job = found.job();
		JobValues values = JobValues.of(job, masker);
		return new JobDescriptor(job.id().value(), job.kind(), job.queue(), found.state(), job.priority(),
				job.attempt(), job.maxAttempts(), job.runAt(), job.createdAt(), found.finishedAt(), job.label(),
				found.progress(), values.showIfAny(Part.PROGRESS_NOTE, found.progressNote()),
				values.showIfAny(Part.PAYLOAD, job.payload()), values.showMetadata(job.metadata()),
				values.showIfAny(Part.RESULT, found.result()), values.showIfAny(Part.ERROR, found.reason()),
				new AttemptHistory(values).of(found), ExplanationDescriptor.of(explanation, values));
	}

}
