package io.tasuki.benchmarks.comparison.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Measurements and an environment that nobody measured.
 */
final class Samples {

	private Samples() {
	}

	static Measurement drain(String contestant, double... values) {
		return measurement(Workloads.DRAIN, Variants.ONE_JVM, contestant, values);
	}

	static Measurement measurement(String workload, String variant, String contestant, double... values) {
		return new Measurement(workload, variant, contestant, "jobs/s", DoubleStream.of(values).boxed().toList(),
				Map.of());
	}

	static Measurement withDetail(Measurement measurement, String detail, double... values) {
		Map<String, List<Double>> details = new LinkedHashMap<>(measurement.details());
		details.put(detail, DoubleStream.of(values).boxed().toList());
		return new Measurement(measurement.workload(), measurement.variant(), measurement.contestant(),
				measurement.unit(), measurement.values(), details);
	}

	static Environment environment() {
		Map<String, String> versions = new LinkedHashMap<>();
		versions.put("JDK", "17.0.15");
		versions.put("PostgreSQL", "18.6");
		return new Environment(Instant.parse("2026-11-21T10:15:30Z"), "a11b7f0", versions, "a processor", 2, 7_940,
				"Linux", Map.of("fsync", "on"), List.of("-Xmx512m"));
	}

}
