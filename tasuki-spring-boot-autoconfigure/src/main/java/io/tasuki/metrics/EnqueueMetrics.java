package io.tasuki.metrics;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tasuki.EnqueuedJob;
import io.tasuki.client.EnqueueCall;
import io.tasuki.client.EnqueueInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the jobs that are stored, as {@link TasukiMeter#JOBS_ENQUEUED} describes: those
 * of a call together, once they can be seen. A call that finds or replaces a job with the
 * same unique key stores none.
 */
public final class EnqueueMetrics implements EnqueueInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(EnqueueMetrics.class);

	private final AtomicBoolean warned = new AtomicBoolean();

	private final Places<Counter> counters;

	public EnqueueMetrics(MeterRegistry registry) {
		this.counters = new Places<>((kind,
				queue) -> TasukiMeter.JOBS_ENQUEUED.counter().tags("kind", kind, "queue", queue).register(registry));
	}

	@Override
	public List<EnqueuedJob> intercept(EnqueueCall call) {
		List<EnqueuedJob> enqueued = call.proceed();
		try {
			count(call, enqueued);
		}
		catch (RuntimeException ex) {
			// The job is stored: that must not fail for want of a number.
			if (this.warned.compareAndSet(false, true)) {
				logger.warn("Enqueued jobs are not counted; further failures are not logged", ex);
			}
		}
		return enqueued;
	}

	private void count(EnqueueCall call, List<EnqueuedJob> enqueued) {
		if (enqueued.size() == 1) {
			if (enqueued.get(0).created()) {
				call.afterCommit(counterOf(call, 0)::increment);
			}
			return;
		}
		Map<Counter, int[]> created = new IdentityHashMap<>();
		for (int i = 0; i < enqueued.size(); i++) {
			if (enqueued.get(i).created()) {
				created.computeIfAbsent(counterOf(call, i), (counter) -> new int[1])[0]++;
			}
		}
		if (!created.isEmpty()) {
			call.afterCommit(() -> created.forEach((counter, jobs) -> counter.increment(jobs[0])));
		}
	}

	private Counter counterOf(EnqueueCall call, int index) {
		return this.counters.find(call.kind(index), call.queue(index));
	}

}
