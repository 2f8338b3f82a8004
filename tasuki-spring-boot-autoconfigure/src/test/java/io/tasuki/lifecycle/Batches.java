package io.tasuki.lifecycle;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.UnreadablePayloadException;

/**
 * A batch handler that writes down what it was given, and then does what the test says.
 */
final class Batches implements BatchHandler<JobContext> {

	private final Code code;

	private final Queue<List<Job>> calls = new ConcurrentLinkedQueue<>();

	private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	Batches(Code code) {
		this.code = code;
	}

	/** Lets a job's payload be one that cannot be read. */
	void unreadable(long id) {
		this.unreadable.add(id);
	}

	@Override
	public JobContext read(JobContext context) {
		if (this.unreadable.contains(context.job().id().value())) {
			throw new UnreadablePayloadException("no field 'address'");
		}
		return context;
	}

	@Override
	public BatchResult handle(List<JobContext> batch) throws Exception {
		this.calls.add(batch.stream().map(JobContext::job).toList());
		this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			return this.code.run(batch);
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	/** Returns the batches in the order of their beginnings. */
	List<List<Job>> calls() {
		return List.copyOf(this.calls);
	}

	/** Returns the batch that a job was in at last. */
	List<Job> lastWith(long id) {
		return calls().stream()
			.filter((jobs) -> jobs.stream().anyMatch((job) -> job.id().value() == id))
			.reduce((one, two) -> two)
			.orElseThrow();
	}

	int running() {
		return this.running.get();
	}

	int mostRunning() {
		return this.mostRunning.get();
	}

	/** What is to be done with a batch. */
	interface Code {

		BatchResult run(List<JobContext> batch) throws Exception;

	}

}
