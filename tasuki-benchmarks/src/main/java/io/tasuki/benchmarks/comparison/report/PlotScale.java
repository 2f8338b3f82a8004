package io.tasuki.benchmarks.comparison.report;

import java.util.List;

/**
 * The scale of a panel's values.
 *
 * @param logarithmic whether equal steps are equal factors
 * @param floor where bars begin
 * @param top where the panel ends
 */
record PlotScale(boolean logarithmic, double floor, double top) {

	/** Bars that differ by more would hide the smallest. */
	private static final double WIDE = 20;

	/** How much of the panel's height, from floor to top, is below the floor. */
	private static final double BELOW = 0.16;

	static PlotScale of(List<Measurement> measurements) {
		double largest = measurements.stream().mapToDouble(Measurement::max).max().orElse(0);
		double smallest = measurements.stream().mapToDouble(Measurement::min).min().orElse(0);
		if (smallest > 0 && largest / smallest > WIDE) {
			double floor = Math.pow(10, Math.floor(Math.log10(smallest * 0.7)));
			return new PlotScale(true, floor, largest * Math.pow(largest / floor, 0.12));
		}
		return new PlotScale(false, 0, (largest > 0) ? largest * 1.12 : 1);
	}

	/**
	 * Returns the value at a height.
	 * @param height from 0, the floor, to 1, the top; less than 0 is below the floor
	 */
	double at(double height) {
		return (this.logarithmic) ? this.floor * Math.pow(this.top / this.floor, height) : height * this.top;
	}

	/**
	 * Returns the value at some height above another value.
	 */
	double above(double value, double height) {
		return (this.logarithmic) ? value * Math.pow(this.top / this.floor, height) : value + height * this.top;
	}

	double bottom() {
		return at(-BELOW);
	}

}
