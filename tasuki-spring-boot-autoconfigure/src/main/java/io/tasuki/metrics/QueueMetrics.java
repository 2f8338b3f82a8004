package io.tasuki.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.store.UnknownKind;

/**
 * Shows what waits in a worker's queues, as {@link TasukiMeter} describes. Reading a
 * gauge waits for no database: it shows what the latest look has found, and has a thread
 * look again if that was a while ago.
 */
public final class QueueMetrics implements MeterBinder {

	/** Most kinds that have a gauge of their own, those with most jobs. */
	static final int MOST_KINDS = 20;

	/** Stands for all other kinds, and is there when none is unknown. */
	static final String OTHER_KINDS = "other";

	private final Supplier<Set<String>> queues;

	private final Supplier<List<UnknownKind>> unknownKinds;

	private final Duration interval;

	/**
	 * Creates a binder.
	 * @param queues names the worker's queues
	 * @param unknownKinds asks the database
	 * @param interval least time from one look to the next
	 */
	public QueueMetrics(Supplier<Set<String>> queues, Supplier<List<UnknownKind>> unknownKinds, Duration interval) {
		this.queues = queues;
		this.unknownKinds = unknownKinds;
		this.interval = interval;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		new Gauges(registry).show(List.of());
	}

	private Map<Place, Long> count(List<UnknownKind> found) {
		Map<Place, Long> counts = new LinkedHashMap<>();
		this.queues.get().forEach((queue) -> counts.put(new Place(queue, OTHER_KINDS), 0L));
		List<UnknownKind> most = new ArrayList<>(found);
		most.sort(Comparator.comparingLong(UnknownKind::jobs).reversed());
		for (int i = 0; i < most.size(); i++) {
			UnknownKind unknown = most.get(i);
			String kind = (i < MOST_KINDS) ? unknown.kind() : OTHER_KINDS;
			counts.merge(new Place(unknown.queue(), kind), unknown.jobs(), Long::sum);
		}
		return counts;
	}

	private record Place(String queue, String kind) {
	}

	/** The gauges in one registry. */
	private final class Gauges {

		private final MultiGauge gauges;

		private final AtomicBoolean looking = new AtomicBoolean();

		private volatile long lookAt = System.nanoTime();

		Gauges(MeterRegistry registry) {
			this.gauges = MultiGauge.builder(TasukiMeter.JOBS_UNKNOWN.meterName())
				.description(TasukiMeter.JOBS_UNKNOWN.description())
				.register(registry);
		}

		void show(List<UnknownKind> found) {
			List<MultiGauge.Row<?>> rows = new ArrayList<>();
			count(found).forEach((place, jobs) -> rows
				.add(MultiGauge.Row.of(Tags.of("queue", place.queue, "kind", place.kind), () -> read(jobs))));
			this.gauges.register(rows, true);
		}

		private long read(long jobs) {
			if (System.nanoTime() - this.lookAt >= 0 && this.looking.compareAndSet(false, true)) {
				this.lookAt = System.nanoTime() + QueueMetrics.this.interval.toNanos();
				Thread thread = new Thread(this::look, "tasuki-queue-metrics");
				thread.setDaemon(true);
				thread.start();
			}
			return jobs;
		}

		private void look() {
			try {
				show(QueueMetrics.this.unknownKinds.get());
			}
			catch (RuntimeException ex) {
				// Others tell that the database is away. The gauges keep what they have.
			}
			finally {
				this.looking.set(false);
			}
		}

	}

}
