package io.tasuki.benchmarks.comparison.report;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A number that follows from measurements, if they were made.
 */
public sealed interface Figure {

	/**
	 * Returns the number; empty if a measurement is missing.
	 */
	Optional<Double> of(List<Measurement> measurements);

	/**
	 * Returns the medians that it follows from, for a reader.
	 */
	String origin(List<Measurement> measurements);

	private static String pair(Reading first, Reading second, List<Measurement> measurements) {
		String which = "%s, %s";
		boolean alike = first.workload().equals(second.workload()) && first.variant().equals(second.variant());
		return (alike) ? which.formatted(first.origin(measurements), second.origin(measurements))
				: which.formatted(first.variant() + ": " + first.origin(measurements),
						second.variant() + ": " + second.origin(measurements));
	}

	/**
	 * The median of one measurement, or of one of its details.
	 *
	 * @param detail name of the detail; null for the measurement's own value
	 */
	record Reading(String workload, String variant, String contestant, @Nullable String detail) implements Figure {

		@Override
		public Optional<Double> of(List<Measurement> measurements) {
			return find(measurements).map(this::median);
		}

		private Optional<Measurement> find(List<Measurement> measurements) {
			return measurements.stream()
				.filter((measurement) -> measurement.workload().equals(this.workload)
						&& measurement.variant().equals(this.variant)
						&& measurement.contestant().equals(this.contestant)
						&& (this.detail == null || measurement.details().containsKey(this.detail)))
				.findFirst();
		}

		private double median(Measurement measurement) {
			return (this.detail != null) ? measurement.detailMedians().getOrDefault(this.detail, Double.NaN)
					: measurement.median();
		}

		@Override
		public String origin(List<Measurement> measurements) {
			return find(measurements).map((measurement) -> "%s %s %s".formatted(this.contestant,
					Figures.number(median(measurement)), (this.detail != null) ? this.detail : measurement.unit()))
				.orElse("");
		}

	}

	/**
	 * One reading as a multiple of another.
	 */
	record Ratio(Reading over, Reading under) implements Figure {

		@Override
		public Optional<Double> of(List<Measurement> measurements) {
			Optional<Double> base = this.under.of(measurements).filter((value) -> value > 0);
			return this.over.of(measurements).flatMap((value) -> base.map((divisor) -> value / divisor));
		}

		@Override
		public String origin(List<Measurement> measurements) {
			return pair(this.over, this.under, measurements);
		}

	}

	/**
	 * By how much one reading exceeds another.
	 */
	record Difference(Reading more, Reading less) implements Figure {

		@Override
		public Optional<Double> of(List<Measurement> measurements) {
			Optional<Double> base = this.less.of(measurements);
			return this.more.of(measurements).flatMap((value) -> base.map((part) -> value - part));
		}

		@Override
		public String origin(List<Measurement> measurements) {
			return pair(this.more, this.less, measurements);
		}

	}

}
