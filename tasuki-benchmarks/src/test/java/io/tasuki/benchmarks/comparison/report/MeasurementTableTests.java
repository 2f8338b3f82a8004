package io.tasuki.benchmarks.comparison.report;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class MeasurementTableTests {

	@Test
	void showsMedianRangeSpreadAndTheMediansOfDetails() {
		Measurement measurement = Samples.withDetail(Samples.drain("tasuki", 70_000, 80_000, 76_000),
				Details.WAL_PER_JOB, 410, 400, 420);
		TextTable table = MeasurementTable.of(List.of(measurement)).get(0).table();
		assertThat(table.header()).containsExactly("variant", "contestant", "median jobs/s", "min–max", "spread",
				"WAL bytes/job");
		assertThat(table.rows()).containsExactly(List.of("1 JVM", "tasuki", "76,000", "70,000–80,000", "13 %", "410"));
	}

	@Test
	void leavesACellEmptyWhereADetailWasNotMeasured() {
		TextTable table = MeasurementTable
			.of(List.of(Samples.drain("jobrunr", 5), Samples.withDetail(Samples.drain("tasuki", 9), "p99 ms", 2)))
			.get(0)
			.table();
		assertThat(table.rows()).extracting((row) -> row.get(5)).containsExactly("", "2.00");
	}

	@Test
	void makesATableForEachWorkloadInTheOrderMeasured() {
		Measurement latency = new Measurement(Workloads.LATENCY, Variants.SLOW_OTHER_JVM, "tasuki", "ms", List.of(1.0),
				Map.of());
		assertThat(MeasurementTable.of(List.of(Samples.drain("tasuki", 1), latency, Samples.drain("bare", 2))))
			.extracting(MeasurementTable::workload, (table) -> table.measurements().size())
			.containsExactly(tuple("drain", 2), tuple("latency", 1));
	}

	@Test
	void doesNotMixUnits() {
		Measurement rate = Samples.measurement(Workloads.SIZE, "a", "tasuki", 1);
		Measurement heap = new Measurement(Workloads.SIZE, "b", "tasuki", "MiB", List.of(1.0), Map.of());
		assertThat(MeasurementTable.of(List.of(rate, heap))).extracting(MeasurementTable::unit)
			.containsExactly("jobs/s", "MiB");
	}

}
