package io.tasuki.metrics;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;

/**
 * Shows how the database beneath fares, as {@link TasukiMeter} describes. Reading a gauge
 * waits for no database: it shows what the latest look has found, nothing at first, and
 * has a thread look again if that was a while ago.
 */
public final class DatabaseMetrics implements MeterBinder {

	private final Glance<DatabaseReport> glance;

	/**
	 * Creates a binder.
	 * @param database asks the database
	 * @param interval least time from one look to the next
	 */
	public DatabaseMetrics(Supplier<DatabaseReport> database, Duration interval) {
		this.glance = new Glance<>(database, interval);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		TasukiMeter.SNAPSHOT_AGE.gauge(() -> read(DatabaseMetrics::oldestSnapshot)).register(registry);
		TasukiMeter.TABLE_DEAD_ROWS.gauge(() -> read(DatabaseReport::deadRows)).register(registry);
	}

	private double read(Function<DatabaseReport, Number> value) {
		DatabaseReport report = this.glance.read();
		return (report != null) ? value.apply(report).doubleValue() : Double.NaN;
	}

	private static double oldestSnapshot(DatabaseReport report) {
		return report.snapshotHolders()
			.stream()
			.map(SnapshotHolder::age)
			.filter(Objects::nonNull)
			.mapToDouble((age) -> age.toMillis() / 1e3)
			.max()
			.orElse(0);
	}

}
