package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Workloads;
import io.tasuki.benchmarks.comparison.workload.RowDrain.Drained;

/**
 * The same drain with one {@link Burden} after the other. The database makes the jobs, in
 * all variants alike.
 */
public final class Flatness implements Workload {

	private static final int JOBS = 500_000;

	private static final int WARM_UP = 200_000;

	/** Fewer leave so much to the interpreter that burdens cannot be told from it. */
	private static final int WARM_UP_ROUNDS = 5;

	@Override
	public String name() {
		return Workloads.FLATNESS;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		return entrant == Entrant.TASUKI;
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		return scale.time(Duration.ofSeconds(35), Duration.ofSeconds(5)).multipliedBy(burdens(scale).size());
	}

	@Override
	public String leftOutWhenQuick() {
		return "warming up, and all burdens but the open snapshot";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		for (Burden burden : burdens(bench.scale())) {
			measured.add(drain(entrant, bench, burden));
		}
		return measured;
	}

	private static List<Burden> burdens(Scale scale) {
		return (scale.quick()) ? List.of(Burden.NOTHING, Burden.OPEN_SNAPSHOT) : List.of(Burden.values());
	}

	private Measurement drain(Entrant entrant, Bench bench, Burden burden) throws InterruptedException {
		int jobs = bench.scale().jobs(JOBS);
		int rounds = bench.scale().quick() ? 0 : WARM_UP_ROUNDS;
		try (Trial trial = bench.trial(entrant, rounds * WARM_UP + jobs, JvmOptions.withQueues(burden.queues()))) {
			RowDrain drain = new RowDrain(trial, JobShape.USUAL.withQueues(burden.queues()));
			drain.warmUp(rounds, WARM_UP);
			burden.make(drain.rows(), bench.scale());
			Snapshot snapshot = burden.openSnapshot(trial.database());
			try (snapshot) {
				Drained drained = drain.drain(jobs);
				return new Measurement(name(), burden.variant(), entrant.label(), "jobs/s", drained.perSecond(),
						drained.costsPerJob());
			}
		}
	}

}
