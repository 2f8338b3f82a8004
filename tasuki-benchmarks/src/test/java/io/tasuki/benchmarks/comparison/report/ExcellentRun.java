package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run in which everything is measured and every target reached.
 */
final class ExcellentRun {

	private ExcellentRun() {
	}

	static List<Measurement> measurements() {
		List<Measurement> measurements = new ArrayList<>();
		for (String variant : List.of(Variants.ONE_JVM, Variants.TWO_JVMS)) {
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.TASUKI, 71_200));
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.TASUKI_NO_ARCHIVE, 80_100));
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.BARE, 86_500));
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.BARE_ARCHIVE, 76_300));
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.DB_SCHEDULER, 7_277));
			measurements.add(rate(Workloads.DRAIN, variant, Contestants.JOBRUNR, 1_874));
		}
		for (String variant : List.of(Variants.ONE_THREAD, Variants.EIGHT_THREADS)) {
			measurements.add(rate(Workloads.ENQUEUE, variant, Contestants.TASUKI, 11_100));
			measurements.add(rate(Workloads.ENQUEUE, variant, Contestants.BARE, 11_557));
			measurements.add(rate(Workloads.ENQUEUE, variant, Contestants.DB_SCHEDULER, 5_821));
			measurements.add(rate(Workloads.ENQUEUE, variant, Contestants.JOBRUNR, 4_291));
		}
		measurements.add(rate(Workloads.ENQUEUE, Variants.ENQUEUE_ALL_1000, Contestants.TASUKI, 110_000));
		measurements.add(rate(Workloads.ENQUEUE, Variants.ENQUEUE_ALL_1000, Contestants.BARE, 120_000));
		measurements
			.add(Samples.withDetail(rate(Workloads.ENQUEUE, Variants.BUSINESS_TRANSACTION, Contestants.TASUKI, 5_200),
					Details.ROUND_TRIPS, 4, 4, 4));
		measurements.add(Samples.withDetail(
				rate(Workloads.ENQUEUE, Variants.BUSINESS_TRANSACTION_WITHOUT_JOB, Contestants.TASUKI, 7_000),
				Details.ROUND_TRIPS, 3, 3, 3));
		for (String variant : List.of(Variants.SLOW_SAME_JVM, Variants.SLOW_OTHER_JVM, Variants.FAST_SAME_JVM,
				Variants.FAST_OTHER_JVM)) {
			measurements.add(latency(variant, Contestants.TASUKI, 0.71));
			measurements.add(latency(variant, Contestants.DB_SCHEDULER, 54));
			measurements.add(latency(variant, Contestants.JOBRUNR, 2_293));
		}
		measurements.add(rate(Workloads.STEADY, Variants.ENQUEUE_ALL_100, Contestants.TASUKI, 41_000));
		measurements.add(rate(Workloads.STEADY, Variants.EIGHT_THREADS, Contestants.TASUKI, 10_900));
		for (String variant : List.of(Variants.CLEAN, Variants.SCHEDULED, Variants.ARCHIVED, Variants.OPEN_SNAPSHOT,
				Variants.THOUSAND_QUEUES, Variants.RUNNING_ELSEWHERE, Variants.UNKNOWN_KIND)) {
			measurements.add(rate(Workloads.FLATNESS, variant, Contestants.TASUKI, 71_000));
		}
		for (String variant : List.of(Variants.ONE_QUEUE, Variants.TEN_QUEUES, Variants.TWO_HUNDRED_QUEUES)) {
			measurements.add(atRest(variant));
		}
		measurements.add(Samples.withDetail(rate(Workloads.SIZE, Variants.MILLION_JOBS, Contestants.TASUKI, 61_000),
				Details.HEAP, 30, 31, 33));
		measurements.add(rate(Workloads.SIZE, Variants.PAYLOAD_100_B, Contestants.TASUKI, 70_000));
		measurements.add(rate(Workloads.SIZE, Variants.PAYLOAD_1_MB, Contestants.TASUKI, 61));
		return measurements;
	}

	private static Measurement rate(String workload, String variant, String contestant, double value) {
		Map<String, List<Double>> details = new LinkedHashMap<>();
		details.put(Details.WAL_PER_JOB, List.of(411.2, 405.0, 420.9));
		details.put(Details.TRANSACTIONS_PER_JOB, List.of(0.0041, 0.0040, 0.0043));
		details.put(Details.POSTGRES_CPU, List.of(11.2, 11.9, 10.8));
		details.put(Details.JVM_CPU, List.of(6.1, 6.0, 6.3));
		return new Measurement(workload, variant, contestant, "jobs/s", List.of(value * 0.96, value, value * 1.13),
				details);
	}

	private static Measurement latency(String variant, String contestant, double p50) {
		return new Measurement(Workloads.LATENCY, variant, contestant, "ms", List.of(p50 * 0.9, p50, p50 * 1.2),
				Map.of(Details.P99, List.of(p50 * 3, p50 * 4, p50 * 9)));
	}

	private static Measurement atRest(String variant) {
		return new Measurement(Workloads.AT_REST, variant, Contestants.TASUKI, "statements/s", List.of(0.8, 0.9, 1.0),
				Map.of(Details.CPU, List.of(0.3, 0.3, 0.4)));
	}

}
