package io.tasuki.benchmarks.comparison.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.tasuki.benchmarks.comparison.report.Details;

/**
 * How long jobs waited. A job that was seen before its producer heard of the commit did
 * not wait at all.
 */
final class Waits {

	private final long[] micros;

	private final long early;

	Waits(long... micros) {
		this.early = LongStream.of(micros).filter((wait) -> wait < 0).count();
		this.micros = LongStream.of(micros).map((wait) -> Math.max(0, wait)).sorted().toArray();
	}

	/**
	 * Returns the time that so many of 100 jobs did not exceed, in milliseconds.
	 */
	double percentile(double percent) {
		int rank = (int) Math.ceil(percent / 100 * this.micros.length);
		return this.micros[Math.max(1, rank) - 1] / 1e3;
	}

	/**
	 * Returns the part of the jobs that began before their producer heard of the commit.
	 */
	double earlyPart() {
		return (double) this.early / this.micros.length;
	}

	/**
	 * Returns what is worth knowing beside the median.
	 */
	Map<String, List<Double>> details() {
		Map<String, List<Double>> details = new LinkedHashMap<>();
		details.put(Details.P99, List.of(percentile(99)));
		details.put(Details.MAX, List.of(percentile(100)));
		details.put("% before commit returned", List.of(earlyPart() * 100));
		return details;
	}

}
