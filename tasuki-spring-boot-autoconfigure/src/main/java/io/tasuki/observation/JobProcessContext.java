package io.tasuki.observation;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.tasuki.Job;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call of a handler: the attempt of a job, or of all jobs of a
 * batch. It is a receiver: a tracer reads from it the trace that is continued.
 */
public final class JobProcessContext extends ReceiverContext<Map<String, String>> {

	private final List<Job> jobs;

	private final boolean batch;

	private final @Nullable Set<ProducerTrace> links;

	private @Nullable AttemptOutcome outcome;

	JobProcessContext(List<Job> jobs, boolean batch, @Nullable Set<ProducerTrace> links) {
		super(CarriedTrace.GETTER, Kind.CONSUMER);
		this.jobs = jobs;
		this.batch = batch;
		this.links = links;
		setCarrier((links != null) ? Map.of() : jobs.get(0).metadata());
	}

	/**
	 * Returns the jobs of the call, all of one kind and queue: one, unless its handler
	 * takes batches.
	 */
	public List<Job> getJobs() {
		return this.jobs;
	}

	/**
	 * Returns whether the handler takes several jobs at once.
	 */
	public boolean isBatch() {
		return this.batch;
	}

	/**
	 * Returns how the attempts ended; {@code null} until they have.
	 */
	public @Nullable AttemptOutcome getOutcome() {
		return this.outcome;
	}

	void setOutcome(AttemptOutcome outcome) {
		this.outcome = outcome;
	}

	/**
	 * Returns whether a trace of its own begins here.
	 */
	boolean beginsTrace() {
		return this.links != null;
	}

	/**
	 * Returns the enqueues that it has links to.
	 */
	Set<ProducerTrace> links() {
		return (this.links != null) ? this.links : Set.of();
	}

}
