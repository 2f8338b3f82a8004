package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The measurements of one workload that are of one unit, a row each, in the order in
 * which they were made.
 */
record MeasurementTable(String workload, String unit, List<Measurement> measurements) {

	private static final int TEXT_COLUMNS = 2;

	/**
	 * Returns a table for each workload, or several for one that measures in several
	 * units.
	 */
	static List<MeasurementTable> of(List<Measurement> measurements) {
		Map<List<String>, List<Measurement>> groups = new LinkedHashMap<>();
		for (Measurement measurement : measurements) {
			groups.computeIfAbsent(List.of(measurement.workload(), measurement.unit()), (words) -> new ArrayList<>())
				.add(measurement);
		}
		return groups.entrySet()
			.stream()
			.map((group) -> new MeasurementTable(group.getKey().get(0), group.getKey().get(1),
					List.copyOf(group.getValue())))
			.toList();
	}

	TextTable table() {
		List<String> header = new ArrayList<>(
				List.of("variant", "contestant", "median " + this.unit, "min–max", "spread"));
		header.addAll(details());
		return new TextTable(header, TEXT_COLUMNS, this.measurements.stream().map(this::row).toList());
	}

	private List<String> row(Measurement measurement) {
		List<String> row = new ArrayList<>(
				List.of(measurement.variant(), measurement.contestant(), Figures.number(measurement.median()),
						Figures.range(measurement.min(), measurement.max()), Figures.percent(measurement.spread())));
		Map<String, Double> medians = measurement.detailMedians();
		details().forEach((detail) -> row.add(medians.containsKey(detail) ? Figures.number(medians.get(detail)) : ""));
		return row;
	}

	private Set<String> details() {
		Set<String> details = new LinkedHashSet<>();
		this.measurements.forEach((measurement) -> details.addAll(measurement.details().keySet()));
		return details;
	}

}
