package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.process.EnqueueAtPace;
import io.tasuki.benchmarks.comparison.process.EnqueueFor;
import io.tasuki.benchmarks.comparison.process.Enqueued;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.Way;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;

/**
 * Jobs that are stored and run in one JVM for a minute, as fast as it goes while no more
 * than some thousand wait; then at half that rate, to see how long they wait. Peers do it
 * once and for a third of the time.
 */
public final class Steady implements Workload {

	private static final int BACKLOG = 20_000;

	private static final int MOST_JOBS_A_SECOND = 100_000;

	private static final Load TOGETHER = new Load(Variants.ENQUEUE_ALL_100, Way.TOGETHER, 2, 100);

	private static final Load ONE_BY_ONE = new Load(Variants.EIGHT_THREADS, Way.ONE_BY_ONE, 8, 1);

	@Override
	public String name() {
		return Workloads.STEADY;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		boolean leftOut = entrant.isPeer() && (scale.quick() || !scale.first());
		return entrant.isQueue() && entrant.enqueuesInItsOwnWay() && !leftOut;
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		Duration one = Times.of(entrant, scale).all().plusSeconds(5);
		return (scale.quick()) ? one : one.multipliedBy(2);
	}

	@Override
	public String leftOutWhenQuick() {
		return "eight threads, and the peers";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		Times times = Times.of(entrant, bench.scale());
		Measurement together = measure(entrant, bench, TOGETHER, times);
		return (bench.scale().quick()) ? List.of(together)
				: List.of(together, measure(entrant, bench, ONE_BY_ONE, times));
	}

	private Measurement measure(Entrant entrant, Bench bench, Load load, Times times) throws InterruptedException {
		try (Trial trial = bench.trial(entrant, (int) times.all().toSeconds() * MOST_JOBS_A_SECOND)) {
			trial.startWorking();
			int first = enqueue(trial, load, 0, times.warmUp()).count();
			trial.awaitDrained(first);
			Costs costs = trial.count();
			Enqueued full = enqueue(trial, load, first, times.full());
			trial.awaitDrained(first + full.count());
			Map<String, List<Double>> details = costs.perJob(full.count());
			trial.trace(0, first + full.count()).checkOnce();
			Waits waits = waitAtHalf(trial, load, first + full.count(), full.ranPerSecond() / 2, times.half());
			details.put(Details.P50, List.of(waits.percentile(50)));
			details.putAll(waits.details());
			return new Measurement(name(), load.variant(), entrant.label(), "jobs/s", List.of(full.ranPerSecond()),
					details);
		}
	}

	private static Enqueued enqueue(Trial trial, Load load, int first, Duration time) throws InterruptedException {
		return trial.first()
			.ask(new EnqueueFor(load.way(), first, load.threads(), load.batch(), time.toMillis(), BACKLOG));
	}

	private static Waits waitAtHalf(Trial trial, Load load, int first, double perSecond, Duration time)
			throws InterruptedException {
		int batches = (int) Math.max(1, perSecond * time.toMillis() / 1_000 / load.batch());
		int count = batches * load.batch();
		trial.first().ask(new EnqueueAtPace(load.way(), first, count, perSecond, load.threads(), load.batch()));
		trial.awaitDrained(first + count);
		return new Waits(trial.trace(first, count).checkOnce().waits());
	}

	/**
	 * How long everything lasts.
	 *
	 * @param warmUp before anything is measured
	 * @param full as fast as it goes
	 * @param half at half that rate
	 */
	private record Times(Duration warmUp, Duration full, Duration half) {

		static final Times USUAL = new Times(Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofSeconds(15));

		static final Times PEER = new Times(Duration.ofSeconds(8), Duration.ofSeconds(20), Duration.ofSeconds(15));

		static final Times QUICK = new Times(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(1));

		static Times of(Entrant entrant, Scale scale) {
			return (scale.quick()) ? QUICK : (entrant.isPeer()) ? PEER : USUAL;
		}

		Duration all() {
			return this.warmUp.plus(this.full).plus(this.half);
		}

	}

	/**
	 * A way to enqueue.
	 *
	 * @param variant its name
	 * @param way how
	 * @param threads how many threads do it
	 * @param batch how many jobs each takes at a time
	 */
	private record Load(String variant, Way way, int threads, int batch) {

	}

}
