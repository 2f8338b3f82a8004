package io.tasuki.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.tasuki.LiveWorker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The workers that are alive, in all instances.
 *
 * @param workers the workers, by name: at most 1,000
 */
public record WorkersDescriptor(List<Worker> workers) implements OperationResponseBody {

	static WorkersDescriptor of(Collection<LiveWorker> workers) {
		return new WorkersDescriptor(workers.stream().map(Worker::of).toList());
	}

	private static List<String> sorted(Collection<String> names) {
		return names.stream().sorted().toList();
	}

	/**
	 * A worker, as it last said of itself.
	 *
	 * @param name what people call it
	 * @param host machine or container it runs on
	 * @param pid its process there
	 * @param version version of tasuki it runs; {@code null} if that is not known
	 * @param state whether it takes jobs, or drains
	 * @param startedAt since when it runs
	 * @param seenAt when it said this
	 * @param leaseDuration how long it counts as alive from then on
	 * @param slots most jobs that it runs at once
	 * @param slotsInUse slots in which a job runs
	 * @param queues queues it takes jobs of, in order
	 * @param kinds kinds it handles, in order
	 * @param limits what holds within its slots
	 * @param longestHeld the jobs it has held longest, at most 100, the longest first
	 */
	public record Worker(String name, String host, long pid, @Nullable String version, LiveWorker.State state,
			Instant startedAt, Instant seenAt, Duration leaseDuration, int slots, int slotsInUse, List<String> queues,
			List<String> kinds, List<Limit> limits, List<HeldJob> longestHeld) {

		private static Worker of(LiveWorker worker) {
			return new Worker(worker.name(), worker.host(), worker.pid(), worker.version(), worker.state(),
					worker.startedAt(), worker.seenAt(), worker.leaseDuration(), worker.slots(), worker.slotsInUse(),
					sorted(worker.queues()), sorted(worker.kinds()), worker.limits().stream().map(Limit::of).toList(),
					worker.longestHeld().stream().map(HeldJob::of).toList());
		}

	}

	/**
	 * A limit of one queue or of one handler in a worker.
	 *
	 * @param queue the queue; {@code null} if this is a handler's limit
	 * @param kinds the kinds of the handler, in order; empty if this is a queue's limit
	 * @param concurrency most slots its jobs take at once
	 * @param inUse slots in which one of its jobs runs
	 * @param batchSize most jobs that run together in one of these slots
	 */
	public record Limit(@Nullable String queue, List<String> kinds, int concurrency, int inUse, int batchSize) {

		private static Limit of(LiveWorker.Limit limit) {
			return new Limit(limit.queue(), sorted(limit.kinds()), limit.concurrency(), limit.inUse(),
					limit.batchSize());
		}

	}

	/**
	 * A job that a worker holds.
	 *
	 * @param id the job
	 * @param since when it claimed the job
	 */
	public record HeldJob(long id, Instant since) {

		private static HeldJob of(LiveWorker.HeldJob job) {
			return new HeldJob(job.id().value(), job.since());
		}

	}

}
