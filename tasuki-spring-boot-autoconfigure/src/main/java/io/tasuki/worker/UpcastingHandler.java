package io.tasuki.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.PayloadUpcaster;
import io.tasuki.PayloadVersion;
import io.tasuki.TasukiException;
import io.tasuki.UnreadablePayloadException;

/**
 * Gives a handler its job with a payload of the version that it reads.
 *
 * @param next the handler
 * @param version what it reads
 * @param steps upcasters by the version they start from
 */
record UpcastingHandler(Handler next, int version,
		Map<Integer, PayloadUpcaster> steps) implements Handler, PayloadReader {

	static UpcastingHandler of(Handler next, int version, List<PayloadUpcaster> upcasters) {
		Map<Integer, PayloadUpcaster> steps = new HashMap<>();
		for (PayloadUpcaster upcaster : upcasters) {
			int from = upcaster.fromVersion();
			if (from < 1 || from >= version) {
				throw new IllegalArgumentException(
						"Nothing is upcast from version %d of kind '%s', whose payload has version %d".formatted(from,
								upcaster.kind(), version));
			}
			if (steps.putIfAbsent(from, upcaster) != null) {
				throw new IllegalArgumentException(
						"Two upcasters start from version %d of kind '%s'".formatted(from, upcaster.kind()));
			}
		}
		return new UpcastingHandler(next, version, steps);
	}

	@Override
	public JobResult handle(JobContext context) throws Exception {
		return this.next.handle(upcast(context));
	}

	/**
	 * Returns what the handler is to see of a job.
	 */
	JobContext upcast(JobContext context) {
		Job job = context.job();
		int stored = PayloadVersion.of(job);
		if (stored == this.version) {
			return context;
		}
		if (stored > this.version) {
			// No reason to bury it: an instance of the newer version will read it.
			throw new TasukiException("%s has a payload of version %d, but its handler here reads version %d"
				.formatted(job, stored, this.version));
		}
		String payload = job.payload();
		return (payload != null) ? new UpcastContext(context, job.withPayload(upcast(job, payload, stored))) : context;
	}

	@Override
	public void read(Job job) {
		int stored = PayloadVersion.of(job);
		String payload = job.payload();
		if (stored <= this.version) {
			PayloadReader.read(this.next, (payload != null) ? job.withPayload(upcast(job, payload, stored)) : job);
		}
	}

	private String upcast(Job job, String payload, int stored) {
		String upcast = payload;
		for (int from = stored; from < this.version; from++) {
			PayloadUpcaster step = this.steps.get(from);
			if (step != null) {
				upcast = upcast(job, upcast, step);
			}
		}
		return upcast;
	}

	private static String upcast(Job job, String payload, PayloadUpcaster step) {
		try {
			return Objects.requireNonNull(step.upcast(payload), "It returned null");
		}
		catch (RuntimeException ex) {
			throw new UnreadablePayloadException("%s cannot be brought from version %d of its payload to the next: %s"
				.formatted(job, step.fromVersion(), ex.getMessage()), ex);
		}
	}

}
