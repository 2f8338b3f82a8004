package io.tasuki.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.tasuki.JobReason.ReachedLimit;
import io.tasuki.JobReason.Scope;
import io.tasuki.LiveWorker;
import io.tasuki.LiveWorker.Limit;
import io.tasuki.store.Circumstances.Leased;
import io.tasuki.store.Circumstances.Standing;
import org.jspecify.annotations.Nullable;

/**
 * How a worker's slots are taken, seen from outside: by what it last said, or by what it
 * holds now of one queue, if that is more.
 *
 * @param number the worker's
 * @param worker what it said
 * @param leased what workers hold of the queue
 */
record SlotsOfWorker(Long number, LiveWorker worker, List<Leased> leased) {

	/**
	 * Returns the limits that keep it from starting a job of the queue; none if it has a
	 * slot for it.
	 */
	List<ReachedLimit> reached(Standing job) {
		List<ReachedLimit> reached = new ArrayList<>();
		int held = held((kind) -> true);
		add(reached, Scope.WORKER, this.worker.slots(), Math.max(this.worker.slotsInUse(), held));
		Limit ofQueue = limit((limit) -> job.queue().equals(limit.queue()));
		int heldOfQueue = (ofQueue != null) ? Math.max(ofQueue.inUse(), held) : held;
		if (job.concurrency() != null) {
			add(reached, Scope.QUEUE, job.concurrency(), heldOfQueue);
		}
		else if (ofQueue != null) {
			add(reached, Scope.QUEUE, ofQueue.concurrency(), heldOfQueue);
		}
		Limit ofHandler = limit((limit) -> limit.kinds().contains(job.kind()));
		if (ofHandler != null) {
			Set<String> kinds = ofHandler.kinds();
			add(reached, Scope.HANDLER, ofHandler.concurrency(), Math.max(ofHandler.inUse(), held(kinds::contains)));
		}
		return reached;
	}

	private void add(List<ReachedLimit> reached, Scope scope, int concurrency, int inUse) {
		if (inUse >= concurrency) {
			reached.add(new ReachedLimit(this.worker.name(), scope, concurrency, inUse));
		}
	}

	private @Nullable Limit limit(Predicate<Limit> which) {
		return this.worker.limits().stream().filter(which).findFirst().orElse(null);
	}

	/**
	 * Returns how many slots the jobs take that it holds of the queue.
	 */
	private int held(Predicate<String> kinds) {
		return this.leased.stream()
			.filter((held) -> this.number.equals(held.worker()) && kinds.test(held.kind()))
			.mapToInt((held) -> slots(held.jobs(), batchSize(held.kind())))
			.sum();
	}

	private static int slots(int jobs, int batchSize) {
		return (jobs + batchSize - 1) / batchSize;
	}

	private int batchSize(String kind) {
		Limit limit = limit((any) -> any.kinds().contains(kind));
		return (limit != null) ? limit.batchSize() : 1;
	}

}
