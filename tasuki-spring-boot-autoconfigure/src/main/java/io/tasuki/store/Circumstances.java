package io.tasuki.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.tasuki.AttemptError;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.LiveWorker;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a job to say why it does not run.
 *
 * @param asOf moment at which this was so, by the database's clock
 * @param job the job; {@code null} if there is none
 * @param workers the workers that are alive, by the number that {@link Leased} and
 * {@link Standing} know them by; not looked for if the job has ended
 * @param leased the jobs of its queue that somebody holds; not looked for unless the job
 * waits and is due
 * @param ahead number of the jobs that are due, come before it, and are of kinds that a
 * live worker takes from its queue, as far as they were counted; zero unless the job
 * waits and is due
 * @param aheadComplete whether all of them were counted
 */
public record Circumstances(Instant asOf, @Nullable Standing job, Map<Long, LiveWorker> workers, List<Leased> leased,
		long ahead, boolean aheadComplete) {

	/**
	 * Creates circumstances of a job about which nothing but its own row matters.
	 */
	public static Circumstances of(Instant asOf, @Nullable Standing job) {
		return new Circumstances(asOf, job, Map.of(), List.of(), 0, true);
	}

	/**
	 * A job, and how its queue is set.
	 *
	 * @param queue its queue
	 * @param kind its kind
	 * @param state where it is in its life
	 * @param priority 0 first to 9 last
	 * @param runAt it does not start before this moment
	 * @param attempt number of the current or latest attempt
	 * @param maxAttempts attempts before it is dead; {@code null} for the worker's
	 * @param leaseEndsAt when its lease is or was over; {@code null} without one
	 * @param holder whose lease that is; {@code null} without one
	 * @param holderNumber the number of that worker; {@code null} if it is not known
	 * @param cancelRequestedAt when somebody cancelled it; {@code null} if nobody did
	 * @param lastError what went wrong last; {@code null} if nothing did
	 * @param finishedAt when it ended; {@code null} while it lives
	 * @param reason why it is dead or was cancelled
	 * @param pausedAt since when its queue is paused; {@code null} if it is not
	 * @param concurrency the concurrency that was set of its queue; {@code null} if none
	 * was
	 */
	public record Standing(String queue, String kind, JobState state, int priority, Instant runAt, int attempt,
			@Nullable Integer maxAttempts, @Nullable Instant leaseEndsAt, @Nullable WorkerName holder,
			@Nullable Long holderNumber, @Nullable Instant cancelRequestedAt, @Nullable AttemptError lastError,
			@Nullable Instant finishedAt, @Nullable String reason, @Nullable Instant pausedAt,
			@Nullable Integer concurrency) {
	}

	/**
	 * Jobs of one kind that a worker holds.
	 *
	 * @param worker the number of the worker; {@code null} if it is not known
	 * @param kind their kind
	 * @param jobs how many there are
	 * @param first the first of them, by id
	 */
	public record Leased(@Nullable Long worker, String kind, int jobs, List<JobId> first) {
	}

}
