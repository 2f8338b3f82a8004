package io.tasuki.benchmarks.comparison.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells from one reading after the other whether something has settled: the latest two do
 * not lie a tenth below the two before them.
 */
final class Settling {

	private static final int COMPARED = 2;

	private static final double FALLING = 0.9;

	private final List<Double> readings = new ArrayList<>();

	/**
	 * Takes one more reading.
	 * @return whether it has settled
	 */
	boolean isSettledAfter(double reading) {
		this.readings.add(reading);
		return this.readings.size() >= 2 * COMPARED && sumOfLast(0) >= FALLING * sumOfLast(COMPARED);
	}

	private double sumOfLast(int skipped) {
		int end = this.readings.size() - skipped;
		return this.readings.subList(end - COMPARED, end).stream().mapToDouble(Double::doubleValue).sum();
	}

}
