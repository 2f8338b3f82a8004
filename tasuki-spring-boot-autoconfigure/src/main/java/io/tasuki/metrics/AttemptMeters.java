package io.tasuki.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of the attempts of one kind in one queue. Its counters are there, at zero,
 * from its first attempt on: of a counter that begins at one, Prometheus does not see
 * that it went up.
 */
final class AttemptMeters {

	private final MeterRegistry registry;

	private final String kind;

	private final String queue;

	private final Timer wait;

	private final Map<OutcomeTag, Timer> run = new ConcurrentHashMap<>();

	private final Map<OutcomeTag, Counter> completed = new EnumMap<>(OutcomeTag.class);

	private final Counter leasesLost;

	AttemptMeters(MeterRegistry registry, String kind, String queue) {
		this.registry = registry;
		this.kind = kind;
		this.queue = queue;
		this.wait = TasukiMeter.JOB_WAIT.timer().tags("kind", kind, "queue", queue).register(registry);
		for (OutcomeTag outcome : OutcomeTag.values()) {
			this.completed.put(outcome,
					TasukiMeter.JOBS_COMPLETED.counter()
						.tags("kind", kind, "outcome", outcome.tag())
						.register(registry));
		}
		this.leasesLost = TasukiMeter.LEASES_LOST.counter().tags("kind", kind).register(registry);
	}

	void started(Duration waited) {
		this.wait.record(waited);
	}

	void completed(OutcomeTag outcome, Duration runTime) {
		Counter counter = this.completed.get(outcome);
		if (counter != null) {
			counter.increment();
		}
		if (!runTime.isZero()) {
			run(outcome).record(runTime);
		}
	}

	private Timer run(OutcomeTag outcome) {
		Timer known = this.run.get(outcome);
		return (known != null) ? known : this.run.computeIfAbsent(outcome, this::registerRun);
	}

	private Timer registerRun(OutcomeTag outcome) {
		return TasukiMeter.JOB_RUN.timer()
			.tags("kind", this.kind, "queue", this.queue, "outcome", outcome.tag())
			.register(this.registry);
	}

	void leaseLost() {
		this.leasesLost.increment();
	}

}
