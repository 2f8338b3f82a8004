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
 * of the handler. The fast pace warms up for both, since the slow one alone would leave
 * everybody in the interpreter; a little of the slow one then calms everything down.
 * Peers, whose figures are their polls', are measured once.
 */
public final class Latency implements Workload {

	private static final Pace SLOW = new Pace(50, 1, Duration.ofSeconds(20), Variants.SLOW_SAME_JVM,
			Variants.SLOW_OTHER_JVM);

	private static final Pace FAST = new Pace(1000, 4, Duration.ofSeconds(10), Variants.FAST_SAME_JVM,
			Variants.FAST_OTHER_JVM);

	private static final Duration WARM_UP = Duration.ofSeconds(8);

	private static final Duration QUICK_TIME = Duration.ofSeconds(2);

	private static final Duration CALMING = Duration.ofSeconds(2);

	private static final Duration QUICK_CALMING = Duration.ofSeconds(1);

	@Override
	public String name() {
		return Workloads.LATENCY;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		boolean leftOut = entrant.isPeer() && (scale.quick() || !scale.first());
		return entrant.isQueue() && entrant.enqueuesInItsOwnWay() && !leftOut;
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		Duration slow = scale.time(SLOW.time(), QUICK_TIME);
		Duration fast = scale.time(FAST.time(), QUICK_TIME);
		Duration other = slow.plus(fast).plus(warmUp(scale)).plus(calming(scale)).plusSeconds(6);
		return (scale.quick()) ? other : other.multipliedBy(2);
	}

	@Override
	public String leftOutWhenQuick() {
		return "the same JVM, and the peers";
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
		try (Trial trial = bench.trial(entrant, jobs(bench.scale()))) {
			trial.first().ask(new StartWorking());
			return measure(entrant, bench, trial, trial.first(), true);
		}
	}

	private List<Measurement> otherJvm(Entrant entrant, Bench bench) throws InterruptedException {
		try (Trial trial = bench.trial(entrant, jobs(bench.scale()))) {
			trial.start().ask(new StartWorking());
			return measure(entrant, bench, trial, trial.first(), false);
		}
	}

	private static int jobs(Scale scale) {
		return FAST.jobs(warmUp(scale)) + SLOW.jobs(calming(scale)) + SLOW.jobs(scale) + FAST.jobs(scale);
	}

	private static Duration warmUp(Scale scale) {
		return scale.time(WARM_UP, QUICK_TIME);
	}

	private static Duration calming(Scale scale) {
		return scale.time(CALMING, QUICK_CALMING);
	}

	private List<Measurement> measure(Entrant entrant, Bench bench, Trial trial, ContestantProcess producer,
			boolean same) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		Scale scale = bench.scale();
		int first = enqueue(trial, producer, FAST, 0, FAST.jobs(warmUp(scale)));
		first += enqueue(trial, producer, SLOW, first, SLOW.jobs(calming(scale)));
		for (Pace pace : List.of(SLOW, FAST)) {
			int count = enqueue(trial, producer, pace, first, pace.jobs(scale));
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

		int jobs(Scale scale) {
			return jobs(scale.time(this.time, QUICK_TIME));
		}

		int jobs(Duration time) {
			return (int) (this.perSecond * time.toSeconds());
		}

	}

}
