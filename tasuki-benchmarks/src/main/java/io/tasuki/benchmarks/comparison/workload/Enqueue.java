package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.process.ContestantProcess;
import io.tasuki.benchmarks.comparison.process.CountRoundTrips;
import io.tasuki.benchmarks.comparison.process.CountUnfinished;
import io.tasuki.benchmarks.comparison.process.CreateBusinessTable;
import io.tasuki.benchmarks.comparison.process.EnqueueFor;
import io.tasuki.benchmarks.comparison.process.Enqueued;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.Way;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;

/**
 * Jobs that are stored while nobody works: as many as it goes in some seconds. In a
 * transaction of the business, what counts is the transaction. No target is about a
 * single thread or a peer, so they are measured once.
 */
public final class Enqueue implements Workload {

	private static final int COUNTED = 100;

	private static final Duration TIME = Duration.ofSeconds(6);

	private static final Duration QUICK_TIME = Duration.ofSeconds(1);

	private static final List<Load> LOADS = List.of(new Load(Variants.ONE_THREAD, Way.ONE_BY_ONE, 1, 1),
			new Load(Variants.EIGHT_THREADS, Way.ONE_BY_ONE, 8, 1),
			new Load(Variants.ENQUEUE_ALL_1000, Way.TOGETHER, 1, 1000));

	private static final List<Load> QUICK = LOADS.subList(1, 2);

	private static final List<Load> BUSINESS = List.of(new Load(Variants.BUSINESS_TRANSACTION, Way.WITH_BUSINESS, 8, 1),
			new Load(Variants.BUSINESS_TRANSACTION_WITHOUT_JOB, Way.BUSINESS_ALONE, 8, 1));

	@Override
	public String name() {
		return Workloads.ENQUEUE;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		boolean leftOut = entrant.isPeer() && (scale.quick() || !scale.first());
		return entrant.enqueuesInItsOwnWay() && !leftOut;
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		Duration each = scale.time(TIME.multipliedBy(2), QUICK_TIME.multipliedBy(2)).plusSeconds(4);
		Duration loads = each.multipliedBy(loads(scale).size());
		boolean business = entrant.joinsTransactions() && !scale.quick();
		return (business) ? loads.plus(each.plusSeconds(4).multipliedBy(BUSINESS.size())) : loads;
	}

	@Override
	public String leftOutWhenQuick() {
		return "one thread, enqueueAll, business transactions, and the peers";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		for (Load load : loads(bench.scale())) {
			measured.add(measure(entrant, bench, load, "jobs/s"));
		}
		if (entrant.joinsTransactions() && !bench.scale().quick()) {
			for (Load load : BUSINESS) {
				measured.add(measure(entrant, bench, load, "transactions/s"));
			}
		}
		return measured;
	}

	private static List<Load> loads(Scale scale) {
		if (scale.quick()) {
			return QUICK;
		}
		return (scale.first()) ? LOADS : LOADS.subList(1, LOADS.size());
	}

	private Measurement measure(Entrant entrant, Bench bench, Load load, String unit) throws InterruptedException {
		Map<String, List<Double>> details = new LinkedHashMap<>();
		if (load.isBusiness()) {
			details.put(Details.ROUND_TRIPS, List.of(roundTrips(entrant, bench, load)));
		}
		Duration time = bench.scale().time(TIME, QUICK_TIME);
		try (Trial trial = trial(entrant, bench, load)) {
			int before = trial.first().ask(load.order(0, time)).count();
			Costs costs = trial.count();
			Enqueued enqueued = trial.first().ask(load.order(before, time));
			details.putAll(costs.perJob(enqueued.count()));
			check(trial, load, before + enqueued.count());
			details.put(Details.TRANSACTIONS_PER_JOB, List.of(trial.transactionsPerJob(before + enqueued.count())));
			return new Measurement(name(), load.variant(), entrant.label(), unit, List.of(enqueued.perSecond()),
					details);
		}
	}

	private static Trial trial(Entrant entrant, Bench bench, Load load) throws InterruptedException {
		Trial trial = bench.trial(entrant, 0);
		if (load.isBusiness()) {
			trial.first().ask(new CreateBusinessTable());
		}
		return trial;
	}

	// The first jobs prepare the statements.
	private static double roundTrips(Entrant entrant, Bench bench, Load load) throws InterruptedException {
		try (Trial trial = trial(entrant, bench, load)) {
			ContestantProcess process = trial.startCounting();
			process.ask(new CountRoundTrips(load.way(), 0, COUNTED));
			return process.ask(new CountRoundTrips(load.way(), COUNTED, COUNTED));
		}
	}

	private static void check(Trial trial, Load load, int enqueued) throws InterruptedException {
		long expected = (load.way() == Way.BUSINESS_ALONE) ? 0 : enqueued;
		long found = trial.first().ask(new CountUnfinished());
		if (found != expected) {
			throw new IllegalStateException("%d jobs were enqueued, but %d are there".formatted(expected, found));
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

		boolean isBusiness() {
			return this.way == Way.WITH_BUSINESS || this.way == Way.BUSINESS_ALONE;
		}

		EnqueueFor order(int first, Duration time) {
			return new EnqueueFor(this.way, first, this.threads, this.batch, time.toMillis(), 0);
		}

	}

}
