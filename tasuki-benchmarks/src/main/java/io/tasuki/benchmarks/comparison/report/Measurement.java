package io.tasuki.benchmarks.comparison.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * What one contestant came to in one variant of one workload, repetition by repetition.
 *
 * @param workload one of {@link Workloads}
 * @param variant one of {@link Variants}
 * @param contestant one of {@link Contestants}
 * @param unit what the values count, such as {@code jobs/s}
 * @param values what was measured, a value for each repetition; at least one, each finite
 * and not negative
 * @param details what else was measured, by names such as those of {@link Details}, each
 * with a value for each repetition; shown in the order given
 */
public record Measurement(String workload, String variant, String contestant, String unit, List<Double> values,
		Map<String, List<Double>> details) {

	public Measurement {
		Assert.hasText(workload, "A measurement needs a workload");
		Assert.hasText(variant, "A measurement needs a variant");
		Assert.hasText(contestant, "A measurement needs a contestant");
		Assert.hasText(unit, "A measurement needs a unit");
		values = checked(unit, values);
		Map<String, List<Double>> copy = new LinkedHashMap<>();
		for (Map.Entry<String, List<Double>> detail : details.entrySet()) {
			Assert.hasText(detail.getKey(), "A detail needs a name");
			copy.put(detail.getKey(), checked(detail.getKey(), detail.getValue()));
			Assert.isTrue(detail.getValue().size() == values.size(),
					() -> "%s has not a value for each repetition".formatted(detail.getKey()));
		}
		details = Collections.unmodifiableMap(copy);
	}

	private static List<Double> checked(String what, List<Double> values) {
		Assert.notEmpty(values, () -> "%s has no values".formatted(what));
		for (Double value : values) {
			Assert.isTrue(Double.isFinite(value) && value >= 0,
					() -> "%s is %s, not a finite number of 0 or more".formatted(what, value));
		}
		return List.copyOf(values);
	}

	/**
	 * Returns the median of the values.
	 */
	public double median() {
		return median(this.values);
	}

	/**
	 * Returns the smallest value.
	 */
	public double min() {
		return Collections.min(this.values);
	}

	/**
	 * Returns the largest value.
	 */
	public double max() {
		return Collections.max(this.values);
	}

	/**
	 * Returns how far the values lie apart, as a part of the median: 0.1 if the largest
	 * exceeds the smallest by a tenth of it. 0 if all are 0.
	 */
	public double spread() {
		return (max() == min()) ? 0 : (max() - min()) / median();
	}

	/**
	 * Returns the medians of the details, in their order.
	 */
	public Map<String, Double> detailMedians() {
		Map<String, Double> medians = new LinkedHashMap<>();
		this.details.forEach((name, values) -> medians.put(name, median(values)));
		return medians;
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
