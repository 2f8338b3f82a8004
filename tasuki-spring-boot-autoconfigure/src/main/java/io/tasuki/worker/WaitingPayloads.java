package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.tasuki.Job;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.store.JobSample;

/**
 * Tries whether the handlers of this process can read what waits for them.
 */
public final class WaitingPayloads {

	private static final int PER_KIND = 100;

	private final JobSample sample;

	private final HandlerRegistry handlers;

	private final Supplier<Set<String>> queues;

	/**
	 * Reads nothing yet.
	 * @param sample finds some of what waits
	 * @param handlers try to read it
	 * @param queues names the worker's queues
	 */
	public WaitingPayloads(JobSample sample, HandlerRegistry handlers, Supplier<Set<String>> queues) {
		this.sample = sample;
		this.handlers = handlers;
		this.queues = queues;
	}

	/**
	 * Finds jobs that would be dead at once, among the first hundred of each kind.
	 */
	public List<UnreadableJob> findUnreadable() {
		List<UnreadableJob> unreadable = new ArrayList<>();
		for (Job job : this.sample.waiting(this.queues.get(), this.handlers.kinds(), PER_KIND)) {
			this.handlers.find(job.kind()).ifPresent((handler) -> {
				try {
					PayloadReader.read(handler.handler(), job);
				}
				catch (UnreadablePayloadException ex) {
					unreadable.add(new UnreadableJob(job, handler.description(), String.valueOf(ex.getMessage())));
				}
			});
		}
		return unreadable;
	}

}
