package io.tasuki.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.report.Measurement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeasurementsTests {

	private final Measurements measurements = new Measurements();

	@Test
	void putsRepetitionsTogetherInTheirOrder() {
		this.measurements.add(measurement("1 JVM", "tasuki", 100, Map.of("WAL bytes/job", 1.0)));
		this.measurements.add(measurement("1 JVM", "bare", 200, Map.of("WAL bytes/job", 2.0)));
		this.measurements.add(measurement("1 JVM", "tasuki", 90, Map.of("WAL bytes/job", 3.0)));
		assertThat(this.measurements.list()).extracting(Measurement::contestant).containsExactly("tasuki", "bare");
		Measurement tasuki = this.measurements.list().get(0);
		assertThat(tasuki.values()).containsExactly(100.0, 90.0);
		assertThat(tasuki.details()).isEqualTo(Map.of("WAL bytes/job", List.of(1.0, 3.0)));
	}

	@Test
	void keepsVariantsApart() {
		this.measurements.add(measurement("1 JVM", "tasuki", 100, Map.of()));
		this.measurements.add(measurement("2 JVMs", "tasuki", 100, Map.of()));
		assertThat(this.measurements.list()).hasSize(2);
	}

	@Test
	void dropsADetailThatOneRepetitionLacks() {
		this.measurements.add(measurement("1 JVM", "tasuki", 100, Map.of("CPU", 1.0, "WAL", 2.0)));
		this.measurements.add(measurement("1 JVM", "tasuki", 100, Map.of("WAL", 2.0)));
		assertThat(this.measurements.list().get(0).details()).containsOnlyKeys("WAL");
	}

	private static Measurement measurement(String variant, String contestant, double value,
			Map<String, Double> details) {
		Map<String, List<Double>> lists = new LinkedHashMap<>();
		details.forEach((name, detail) -> lists.put(name, List.of(detail)));
		return new Measurement("drain", variant, contestant, "jobs/s", List.of(value), lists);
	}

}
