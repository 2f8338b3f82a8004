package io.tasuki.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.store.UnknownKind;

/**
 * Shows which jobs wait in a worker's queues for want of a handler, as
 * {@link TasukiMeter} describes. Reading a gauge waits for no database: it shows what the
 * latest look has found, and has a thread look again if that was a while ago.
 */
public final class UnknownKindMetrics implements MeterBinder {

	/** Most kinds that have a gauge of their own, those with most jobs. */
	static final int MOST_KINDS = 20;

	/** Stands for all other kinds, and is there when none is unknown. */
	static final String OTHER_KINDS = Places.OTHER;

	private final Supplier<Set<String>> queues;

	private final Supplier<List<UnknownKind>> unknownKinds;

	private final Duration interval;

	/**
	 * Creates a binder.
	 * @param queues names the worker's queues
	 * @param unknownKinds asks the database
	 * @param interval least time from one look to the next
	 */
	public UnknownKindMetrics(Supplier<Set<String>> queues, Supplier<List<UnknownKind>> unknownKinds,
			Duration interval) {
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

		private final Glance<List<UnknownKind>> glance = new Glance<>(this::look, UnknownKindMetrics.this.interval);

		private volatile Map<Place, Long> counts = Map.of();

		Gauges(MeterRegistry registry) {
			this.gauges = MultiGauge.builder(TasukiMeter.JOBS_UNKNOWN.meterName())
				.description(TasukiMeter.JOBS_UNKNOWN.description())
				.register(registry);
		}

		void show(List<UnknownKind> found) {
			Map<Place, Long> counts = count(found);
			this.counts = counts;
			List<MultiGauge.Row<?>> rows = new ArrayList<>();
			counts.keySet()
				.forEach((place) -> rows
					.add(MultiGauge.Row.of(Tags.of("queue", place.queue, "kind", place.kind), () -> read(place))));
			// Those that are there stay: of a gauge that is replaced while Prometheus
			// scrapes, it would get two, and the whole scrape fails.
			this.gauges.register(rows, false);
		}

		private long read(Place place) {
			this.glance.read();
			return this.counts.getOrDefault(place, 0L);
		}

		private List<UnknownKind> look() {
			List<UnknownKind> found = UnknownKindMetrics.this.unknownKinds.get();
			show(found);
			return found;
		}

	}

}
