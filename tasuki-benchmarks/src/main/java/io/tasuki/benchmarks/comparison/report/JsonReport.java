package io.tasuki.benchmarks.comparison.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything the report says, and every single value, for a program.
 */
record JsonReport(Environment environment, List<Measurement> measurements) {

	String text() {
		JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		return mapper
			.writeValueAsString(new Document(this.environment, Targets.all().stream().map(this::reached).toList(),
					this.measurements.stream().map(Entry::of).toList()));
	}

	private Reached reached(Target target) {
		Optional<Double> figure = target.figure().of(this.measurements);
		return new Reached(target.workload(), target.what(), target.bound(), figure.orElse(null),
				target.verdict(this.measurements).words());
	}

	private record Document(Environment environment, List<Reached> targets, List<Entry> measurements) {

	}

	private record Reached(String workload, String what, Target.Bound bound, @Nullable Double measured,
			String verdict) {

	}

	private record Entry(String workload, String variant, String contestant, String unit, double median, double min,
			double max, double spread, List<Double> values, Map<String, Double> detailMedians,
			Map<String, List<Double>> details) {

		static Entry of(Measurement measurement) {
			return new Entry(measurement.workload(), measurement.variant(), measurement.contestant(),
					measurement.unit(), measurement.median(), measurement.min(), measurement.max(),
					measurement.spread(), measurement.values(), measurement.detailMedians(), measurement.details());
		}

	}

}
