package io.tasuki.benchmarks.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.report.Measurement;

/** Measurements, those of repetitions put together. */
final class Measurements {

	private final Map<Key, Measurement> all = new LinkedHashMap<>();

	void add(Measurement measurement) {
		this.all.merge(Key.of(measurement), measurement, Measurements::together);
	}

	private static Measurement together(Measurement one, Measurement other) {
		Map<String, List<Double>> details = new LinkedHashMap<>();
		one.details().forEach((name, values) -> {
			if (other.details().containsKey(name)) {
				details.put(name, concat(values, other.details().get(name)));
			}
		});
		return new Measurement(one.workload(), one.variant(), one.contestant(), one.unit(),
				concat(one.values(), other.values()), details);
	}

	private static List<Double> concat(List<Double> one, List<Double> other) {
		List<Double> both = new ArrayList<>(one);
		both.addAll(other);
		return both;
	}

	/**
	 * Returns them in the order in which each was first measured.
	 */
	List<Measurement> list() {
		return List.copyOf(this.all.values());
	}

	private record Key(String workload, String variant, String contestant, String unit) {

		static Key of(Measurement measurement) {
			return new Key(measurement.workload(), measurement.variant(), measurement.contestant(), measurement.unit());
		}

	}

}
