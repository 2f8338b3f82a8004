package io.tasuki.observation;

import java.util.List;
import java.util.Set;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.tasuki.EnqueuedJob;
import io.tasuki.client.EnqueueCall;

/**
 * What is known of one call that enqueues a job or several. It is a sender: a tracer
 * writes into it what the jobs carry of the trace.
 */
public final class JobEnqueueContext extends SenderContext<EnqueueCall> {

	private final EnqueueCall call;

	private List<EnqueuedJob> enqueued = List.of();

	/**
	 * Creates a context.
	 * @param call what is enqueued
	 */
	public JobEnqueueContext(EnqueueCall call) {
		super(CarriedTrace.SETTER, Kind.PRODUCER);
		this.call = call;
		setCarrier(call);
	}

	/**
	 * Returns how many jobs the call enqueues, at least one.
	 */
	public int getSize() {
		return this.call.size();
	}

	/**
	 * Returns the kinds of the jobs; empty until they are known.
	 */
	public Set<String> getKinds() {
		return this.call.kinds();
	}

	/**
	 * Returns the queues of the jobs; empty until they are known.
	 */
	public Set<String> getQueues() {
		return this.call.queues();
	}

	/**
	 * Returns what became of each job; empty until the call is done, and if it failed.
	 */
	public List<EnqueuedJob> getEnqueued() {
		return this.enqueued;
	}

	void setEnqueued(List<EnqueuedJob> enqueued) {
		this.enqueued = enqueued;
	}

}
