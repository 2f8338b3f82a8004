package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.List;

import io.tasuki.benchmarks.comparison.report.Figure.Difference;
import io.tasuki.benchmarks.comparison.report.Figure.Ratio;
import io.tasuki.benchmarks.comparison.report.Figure.Reading;
import io.tasuki.benchmarks.comparison.report.Target.Bound;

/**
 * What tasuki is to reach on a machine of two cores with PostgreSQL beside it.
 */
public final class Targets {

	/** Of graphile-worker, whose drain was measured on such a machine, not in the run. */
	private static final double GRAPHILE_WORKER = 31_158;

	private Targets() {
	}

	/**
	 * Returns all targets, in the order of the {@link Workloads}.
	 */
	public static List<Target> all() {
		List<Target> targets = new ArrayList<>();
		targets.addAll(drain());
		targets.addAll(enqueue());
		targets.addAll(latency());
		targets.addAll(steady());
		targets.addAll(flatness());
		targets.addAll(atRest());
		targets.add(memory());
		return List.copyOf(targets);
	}

	private static List<Target> drain() {
		return List.of(drain("archive off, tuned ≥ 0.9 × bare", Contestants.TASUKI_NO_ARCHIVE, Contestants.BARE, 0.9),
				drain("archive off, tuned ≥ 10 × db-scheduler", Contestants.TASUKI_NO_ARCHIVE, Contestants.DB_SCHEDULER,
						10),
				drain("archive off, tuned ≥ 30 × JobRunr", Contestants.TASUKI_NO_ARCHIVE, Contestants.JOBRUNR, 30),
				drain("defaults ≥ 0.8 × bare with the archive", Contestants.TASUKI, Contestants.BARE_ARCHIVE, 0.8),
				new Target(Workloads.DRAIN, "defaults ≥ 2 × the 31,158 jobs/s of graphile-worker",
						reading(Workloads.DRAIN, Variants.ONE_JVM, Contestants.TASUKI),
						Bound.atLeast(2 * GRAPHILE_WORKER)));
	}

	private static Target drain(String what, String contestant, String other, double bound) {
		return new Target(Workloads.DRAIN, what, new Ratio(reading(Workloads.DRAIN, Variants.ONE_JVM, contestant),
				reading(Workloads.DRAIN, Variants.ONE_JVM, other)), Bound.atLeast(bound));
	}

	private static List<Target> enqueue() {
		return List.of(enqueue("8 threads ≥ 0.9 × a bare INSERT", Variants.EIGHT_THREADS, 0.9),
				enqueue("enqueueAll(1000) ≥ 0.85 × bare unnest", Variants.ENQUEUE_ALL_1000, 0.85),
				new Target(Workloads.ENQUEUE, "a job adds at most one round trip to a business transaction",
						new Difference(roundTrips(Variants.BUSINESS_TRANSACTION),
								roundTrips(Variants.BUSINESS_TRANSACTION_WITHOUT_JOB)),
						Bound.atMost(1)),
				new Target(Workloads.ENQUEUE, "business transactions with a job, as a ratio of those without",
						new Ratio(reading(Workloads.ENQUEUE, Variants.BUSINESS_TRANSACTION, Contestants.TASUKI),
								reading(Workloads.ENQUEUE, Variants.BUSINESS_TRANSACTION_WITHOUT_JOB,
										Contestants.TASUKI)),
						Bound.stated()));
	}

	private static Target enqueue(String what, String variant, double bound) {
		return new Target(Workloads.ENQUEUE, what, new Ratio(reading(Workloads.ENQUEUE, variant, Contestants.TASUKI),
				reading(Workloads.ENQUEUE, variant, Contestants.BARE)), Bound.atLeast(bound));
	}

	private static Reading roundTrips(String variant) {
		return new Reading(Workloads.ENQUEUE, variant, Contestants.TASUKI, Details.ROUND_TRIPS);
	}

	private static List<Target> latency() {
		return List.of(
				new Target(Workloads.LATENCY, "other JVM, 50/s: p50 ≤ 1.5 ms",
						reading(Workloads.LATENCY, Variants.SLOW_OTHER_JVM, Contestants.TASUKI), Bound.atMost(1.5)),
				new Target(Workloads.LATENCY, "other JVM, 50/s: p99 ≤ 5 ms",
						new Reading(Workloads.LATENCY, Variants.SLOW_OTHER_JVM, Contestants.TASUKI, Details.P99),
						Bound.atMost(5)),
				new Target(Workloads.LATENCY, "same JVM, 50/s: p50 ≤ 1 ms",
						reading(Workloads.LATENCY, Variants.SLOW_SAME_JVM, Contestants.TASUKI), Bound.atMost(1)));
	}

	private static List<Target> steady() {
		return List.of(
				new Target(Workloads.STEADY, "by enqueueAll(100) ≥ 0.5 × drain",
						new Ratio(reading(Workloads.STEADY, Variants.ENQUEUE_ALL_100, Contestants.TASUKI),
								reading(Workloads.DRAIN, Variants.ONE_JVM, Contestants.TASUKI)),
						Bound.atLeast(0.5)),
				new Target(Workloads.STEADY, "one by one by 8 threads ≥ 10,000 jobs/s",
						reading(Workloads.STEADY, Variants.EIGHT_THREADS, Contestants.TASUKI), Bound.atLeast(10_000)));
	}

	private static List<Target> flatness() {
		return List.of(flatness(Variants.SCHEDULED, 0.9), flatness(Variants.ARCHIVED, 0.9),
				flatness(Variants.OPEN_SNAPSHOT, 0.9), flatness(Variants.THOUSAND_QUEUES, 0.8),
				flatness(Variants.RUNNING_ELSEWHERE, 0.9), flatness(Variants.UNKNOWN_KIND, 0.9));
	}

	private static Target flatness(String variant, double bound) {
		return new Target(Workloads.FLATNESS, "%s ≥ %s × clean".formatted(variant, bound),
				new Ratio(reading(Workloads.FLATNESS, variant, Contestants.TASUKI),
						reading(Workloads.FLATNESS, Variants.CLEAN, Contestants.TASUKI)),
				Bound.atLeast(bound));
	}

	private static List<Target> atRest() {
		List<Target> targets = new ArrayList<>();
		for (String variant : List.of(Variants.ONE_QUEUE, Variants.TEN_QUEUES, Variants.TWO_HUNDRED_QUEUES)) {
			targets.add(new Target(Workloads.AT_REST, variant + " ≤ 2 statements/s",
					reading(Workloads.AT_REST, variant, Contestants.TASUKI), Bound.atMost(2)));
			targets.add(new Target(Workloads.AT_REST, variant + " < 1 % of a core",
					new Reading(Workloads.AT_REST, variant, Contestants.TASUKI, Details.CPU), Bound.lessThan(1)));
		}
		return targets;
	}

	private static Target memory() {
		return new Target(Workloads.SIZE, "drain of 1 M jobs within a heap of 64 MiB",
				new Reading(Workloads.SIZE, Variants.MILLION_JOBS, Contestants.TASUKI, Details.HEAP), Bound.atMost(64));
	}

	private static Reading reading(String workload, String variant, String contestant) {
		return new Reading(workload, variant, contestant, null);
	}

}
