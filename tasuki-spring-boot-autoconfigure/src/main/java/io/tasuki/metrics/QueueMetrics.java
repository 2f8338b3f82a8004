package io.tasuki.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.store.QueueDepth;

/**
 * Shows how full a worker's queues are, as {@link TasukiMeter} describes. Reading a gauge
 * waits for no database: it shows what the latest look has found, nothing at first, and
 * has a thread look again if that was a while ago.
 */
public final class QueueMetrics implements MeterBinder {

	private static final Map<String, ToLongFunction<QueueDepth>> STATES = Map.of("due", QueueDepth::due, "scheduled",
			QueueDepth::scheduled, "running", QueueDepth::running, "dead", QueueDepth::dead);

	private final Supplier<Set<String>> queues;

	private final Function<Set<String>, List<QueueDepth>> depths;

	private final List<Gauges> bound = new CopyOnWriteArrayList<>();

	private final Glance<Map<String, QueueDepth>> glance;

	/**
	 * Creates a binder.
	 * @param queues names the worker's queues, at least one
	 * @param depths asks the database
	 * @param interval least time from one look to the next
	 */
	public QueueMetrics(Supplier<Set<String>> queues, Function<Set<String>, List<QueueDepth>> depths,
			Duration interval) {
		this.queues = queues;
		this.depths = depths;
		this.glance = new Glance<>(this::look, interval);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauges gauges = new Gauges(registry);
		gauges.show(this.queues.get());
		this.bound.add(gauges);
	}

	// Handlers, which name queues, may be found after the gauges were bound.
	private Map<String, QueueDepth> look() {
		Set<String> asked = this.queues.get();
		this.bound.forEach((gauges) -> gauges.show(asked));
		return this.depths.apply(asked).stream().collect(Collectors.toMap(QueueDepth::queue, Function.identity()));
	}

	private double read(String queue, Function<QueueDepth, Number> value) {
		Map<String, QueueDepth> found = this.glance.read();
		QueueDepth depth = (found != null) ? found.get(queue) : null;
		return (depth != null) ? value.apply(depth).doubleValue() : Double.NaN;
	}

	private static double oldestDue(QueueDepth depth) {
		Duration oldestDue = depth.oldestDue();
		return (oldestDue != null) ? oldestDue.toMillis() / 1e3 : 0;
	}

	/** The gauges in one registry. */
	private final class Gauges {

		private final Set<String> shown = ConcurrentHashMap.newKeySet();

		private final MeterRegistry registry;

		Gauges(MeterRegistry registry) {
			this.registry = registry;
		}

		void show(Set<String> queues) {
			queues.stream().filter(this.shown::add).forEach(this::register);
		}

		private void register(String queue) {
			STATES.forEach((state, count) -> TasukiMeter.QUEUE_JOBS.gauge(() -> read(queue, count::applyAsLong))
				.tags("queue", queue, "state", state)
				.register(this.registry));
			TasukiMeter.QUEUE_OLDEST_DUE.gauge(() -> read(queue, QueueMetrics::oldestDue))
				.tags("queue", queue)
				.register(this.registry);
		}

	}

}
