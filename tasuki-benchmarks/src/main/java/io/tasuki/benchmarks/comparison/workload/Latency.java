package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.ContestantProcess;
import io.tasuki.benchmarks.comparison.process.EnqueueAtPace;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.StartWorking;
import io.tasuki.benchmarks.comparison.process.Way;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;

/**
 * Jobs that come one by one to an idle worker: from the return of the commit to the start
 * of the handler.
 */
public final class Latency implements Workload {

	private static final Duration WARM_UP = Duration.ofSeconds(8);

	private static final Duration QUICK_WARM_UP = Duration.ofSeconds(2);

	private static final Duration QUICK_TIME = Duration.ofSeconds(3);

	private static final List<Pace> PACES = List.of(
			new Pace(50, 1, Duration.ofSeconds(20), Variants.SLOW_SAME_JVM, Variants.SLOW_OTHER_JVM),
			new Pace(1000, 4, Duration.ofSeconds(10), Variants.FAST_SAME_JVM, Variants.FAST_OTHER_JVM));

	@Override
	public String name() {
		return Workloads.LATENCY;
	}

	@Override
	public boolean suits(Entrant entrant) {
		return entrant.isQueue() && entrant.enqueuesInItsOwnWay();
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>(otherJvm(entrant, bench));
		if (!bench.scale().quick()) {
			measured.addAll(sameJvm(entrant, bench));
		}
		return measured;
	}

	private List<Measurement> sameJvm(Entrant entrant, Bench bench) throws InterruptedException {
		try (Trial trial = bench.trial(entrant, jobs(bench))) {
			trial.first().ask(new StartWorking());
			return measure(entrant, bench, trial, trial.first(), true);
		}
	}

	private List<Measurement> otherJvm(Entrant entrant, Bench bench) throws InterruptedException {
		try (Trial trial = bench.trial(entrant, jobs(bench))) {
			trial.start().ask(new StartWorking());
			return measure(entrant, bench, trial, trial.first(), false);
		}
	}

	private static int jobs(Bench bench) {
		int jobs = 0;
		for (Pace pace : PACES) {
			jobs += pace.warmUpJobs(bench) + pace.jobs(bench);
		}
		return jobs;
	}

	private List<Measurement> measure(Entrant entrant, Bench bench, Trial trial, ContestantProcess producer,
			boolean same) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		int first = 0;
		for (Pace pace : PACES) {
			first += enqueue(trial, producer, pace, first, pace.warmUpJobs(bench));
			int count = enqueue(trial, producer, pace, first, pace.jobs(bench));
			Waits waits = new Waits(trial.trace(first, count).checkOnce().waits());
			measured.add(new Measurement(name(), (same) ? pace.same() : pace.other(), entrant.label(), "ms p50",
					List.of(waits.percentile(50)), waits.details()));
			first += count;
		}
		return measured;
	}

	private static int enqueue(Trial trial, ContestantProcess producer, Pace pace, int first, int count)
			throws InterruptedException {
		producer.ask(new EnqueueAtPace(Way.ONE_BY_ONE, first, count, pace.perSecond(), pace.threads(), 1));
		trial.awaitDrained(first + count);
		return count;
	}

	/**
	 * A pace.
	 *
	 * @param perSecond jobs in a second
	 * @param threads how many threads enqueue them
	 * @param time for how long
	 * @param same variant where the worker is in the same JVM
	 * @param other variant where it is not
	 */
	private record Pace(int perSecond, int threads, Duration time, String same, String other) {

		int warmUpJobs(Bench bench) {
			return (int) (this.perSecond * bench.scale().time(WARM_UP, QUICK_WARM_UP).toSeconds());
		}

		int jobs(Bench bench) {
			return (int) (this.perSecond * bench.scale().time(this.time, QUICK_TIME).toSeconds());
		}

	}

}
