package io.tasuki.actuate;

import java.time.Instant;
import java.util.List;

import io.tasuki.JobPage;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import io.tasuki.actuate.JobValue.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One page of a listing of jobs.
 *
 * @param jobs the jobs; may be few, even none, although there are more
 * @param next what to give as {@code after} for the next page; {@code null} on the last
 */
public record JobsDescriptor(List<Job> jobs, @Nullable String next) implements OperationResponseBody {

	static JobsDescriptor of(JobPage<JobSummary> page, JobMasker masker) {
		return new JobsDescriptor(page.items().stream().map((job) -> Job.of(job, masker)).toList(), page.next());
	}

	/**
	 * One line of a listing.
	 *
	 * @param id identity of the job
	 * @param kind name that selects the handler
	 * @param queue queue the job waits in, or waited in
	 * @param state where it is in its life
	 * @param priority 0 first to 9 last
	 * @param attempt number of the current or latest attempt; 0 before the first claim
	 * @param maxAttempts attempts before the job is dead; {@code null} when the worker
	 * that runs the job decides
	 * @param runAt the job does not start before this moment
	 * @param createdAt when the job was enqueued
	 * @param finishedAt when it succeeded, was cancelled or died; {@code null} while it
	 * lives
	 * @param uniqueKey its unique key, masked; {@code null} if it has none
	 * @param label its label; {@code null} if it has none
	 * @param progress how far its handler said it had come, in percent
	 * @param reason why it is dead or was cancelled, as the masker shows errors;
	 * {@code null} in any other state
	 */
	public record Job(long id, String kind, String queue, JobState state, int priority, int attempt,
			@Nullable Integer maxAttempts, Instant runAt, Instant createdAt, @Nullable Instant finishedAt,
			@Nullable String uniqueKey, @Nullable String label, @Nullable Integer progress, @Nullable String reason) {

		static Job of(JobSummary job, JobMasker masker) {
			JobValues values = JobValues.of(job, masker);
			return new Job(job.id().value(), job.kind(), job.queue(), job.state(), job.priority(), job.attempt(),
					job.maxAttempts(), job.runAt(), job.createdAt(), job.finishedAt(),
					values.showIfAny(Part.UNIQUE_KEY, job.uniqueKey()), job.label(), job.progress(),
					values.showIfAny(Part.ERROR, job.reason()));
		}

	}

}
