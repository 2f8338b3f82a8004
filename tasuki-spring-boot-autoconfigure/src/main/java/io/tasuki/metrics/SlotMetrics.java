package io.tasuki.metrics;

import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.worker.WorkerHealth;

/**
 * Shows the state of a worker's slots, as {@link TasukiMeter} describes.
 */
public final class SlotMetrics implements MeterBinder {

	private final Supplier<WorkerHealth> worker;

	/**
	 * Creates a binder.
	 * @param worker asked each time somebody looks
	 */
	public SlotMetrics(Supplier<WorkerHealth> worker) {
		this.worker = worker;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(TasukiMeter.SLOTS_STUCK.meterName(), this.worker, (worker) -> worker.get().stuckSlots())
			.description(TasukiMeter.SLOTS_STUCK.description())
			.strongReference(true)
			.register(registry);
	}

}
