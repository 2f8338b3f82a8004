package io.tasuki.metrics;

import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;

/**
 * Shows what a worker has in hand, as {@link TasukiMeter} describes.
 */
public final class SlotMetrics implements MeterBinder {

	private final Supplier<WorkerHealth> health;

	private final Supplier<WorkerLoad> load;

	/**
	 * Creates a binder.
	 * @param health asked each time somebody looks
	 * @param load asked each time somebody looks
	 */
	public SlotMetrics(Supplier<WorkerHealth> health, Supplier<WorkerLoad> load) {
		this.health = health;
		this.load = load;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		TasukiMeter.SLOTS.gauge(() -> this.load.get().running()).tags("state", "used").register(registry);
		TasukiMeter.SLOTS.gauge(this::free).tags("state", "free").register(registry);
		TasukiMeter.SLOTS_STUCK.gauge(() -> this.health.get().stuckSlots()).register(registry);
		TasukiMeter.JOBS_PREFETCHED.gauge(() -> this.load.get().waiting()).register(registry);
		TasukiMeter.OUTCOMES_UNWRITTEN.gauge(() -> this.load.get().unwritten()).register(registry);
		TasukiMeter.LISTENER_CONNECTED.gauge(() -> (this.health.get().listening() ? 1 : 0)).register(registry);
	}

	private int free() {
		WorkerLoad load = this.load.get();
		return load.slots() - load.running();
	}

}
