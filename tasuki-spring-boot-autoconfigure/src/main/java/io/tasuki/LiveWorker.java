package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A worker that is alive, as it last said of itself. It does so when it starts, when it
 * begins to drain, and every third of a lease, so what is here may be as old as that.
 *
 * @param name what people call it; two workers may have the same name
 * @param host machine or container it runs on
 * @param pid its process there
 * @param version version of tasuki it runs; {@code null} if that is not known
 * @param state whether it takes jobs
 * @param startedAt since when it runs
 * @param seenAt when it said this, by the database's clock
 * @param leaseDuration how long it counts as alive from then on, though at least three
 * seconds; its jobs go to others after that time
 * @param slots most jobs that it runs at once
 * @param slotsInUse slots in which a job runs
 * @param queues queues it takes jobs of
 * @param kinds kinds it handles, aliases included, in every one of these queues
 * @param limits what holds within its slots
 * @param longestHeld the jobs it has held longest, at most 100, the longest first
 */
public record LiveWorker(String name, String host, long pid, @Nullable String version, State state, Instant startedAt,
		Instant seenAt, Duration leaseDuration, int slots, int slotsInUse, Set<String> queues, Set<String> kinds,
		List<Limit> limits, List<HeldJob> longestHeld) {

	public LiveWorker {
		Objects.requireNonNull(name, "'name' must not be null");
		queues = Set.copyOf(queues);
		kinds = Set.copyOf(kinds);
		limits = List.copyOf(limits);
		longestHeld = List.copyOf(longestHeld);
	}

	/**
	 * Returns whether it starts jobs of a kind in a queue, as long as it has a free slot.
	 */
	public boolean takes(String queue, String kind) {
		return this.state == State.RUNNING && this.queues.contains(queue) && this.kinds.contains(kind);
	}

	/** Whether a worker takes jobs. */
	public enum State {

		/** It takes jobs. */
		RUNNING,

		/** It stops: it lets its jobs finish and takes no others. */
		DRAINING

	}

	/**
	 * A limit of one queue or of one handler in this worker, as configured there. What is
	 * set at run time is not in here: {@link QueueOperations#list()} has it.
	 *
	 * @param queue the queue; {@code null} if this is a handler's limit
	 * @param kinds the kinds of the handler, aliases included; empty if this is a queue's
	 * limit
	 * @param concurrency most slots its jobs take at once
	 * @param inUse slots in which one of its jobs runs
	 * @param batchSize most jobs that run together in one of these slots
	 */
	public record Limit(@Nullable String queue, Set<String> kinds, int concurrency, int inUse, int batchSize) {

		public Limit {
			kinds = Set.copyOf(kinds);
		}

	}

	/**
	 * A job that a worker holds.
	 *
	 * @param id the job
	 * @param since when it claimed the job
	 */
	public record HeldJob(JobId id, Instant since) {
	}

}
