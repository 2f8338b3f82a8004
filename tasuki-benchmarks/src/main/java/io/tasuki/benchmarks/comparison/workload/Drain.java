package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.Preload;
import io.tasuki.benchmarks.comparison.process.Trace;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;

/**
 * Jobs that wait when the workers start: from the first start until the queue is empty.
 * Two JVMs are no target, so they are measured once.
 */
public final class Drain implements Workload {

	@Override
	public String name() {
		return Workloads.DRAIN;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		return true;
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		Duration one = Duration.ofSeconds(30);
		return scale.time((scale.first()) ? one.multipliedBy(2).plusSeconds(20) : one, Duration.ofSeconds(6));
	}

	@Override
	public String leftOutWhenQuick() {
		return "warming up, and two JVMs";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		int jobs = bench.scale().jobs(entrant.drainedJobs());
		Measurement one = drain(entrant, bench, jobs, 1);
		boolean another = bench.scale().first() && !bench.scale().quick();
		return (another) ? List.of(one, drain(entrant, bench, jobs, 2)) : List.of(one);
	}

	private Measurement drain(Entrant entrant, Bench bench, int jobs, int jvms) throws InterruptedException {
		DrainWarmUp warmUp = DrainWarmUp.of(bench.scale(), jobs, jvms);
		try (Trial trial = bench.trial(entrant, warmUp.mostJobs() + jobs)) {
			for (int started = 1; started < jvms; started++) {
				trial.start();
			}
			int first = warmUp.run(trial);
			trial.first().ask(new Preload(first, jobs, Filler.USUAL_PAYLOAD));
			trial.tidy();
			Costs costs = trial.count();
			trial.startWorking();
			long end = trial.awaitDrained(first + jobs);
			Map<String, List<Double>> details = costs.perJob(jobs);
			Trace trace = trial.trace(first, jobs).checkOnce();
			details.put(Details.TRANSACTIONS_PER_JOB, List.of(trial.transactionsPerJob(first + jobs)));
			double seconds = (end - trace.firstStart()) / 1e6;
			return new Measurement(name(), (jvms == 1) ? Variants.ONE_JVM : Variants.TWO_JVMS, entrant.label(),
					"jobs/s", List.of(jobs / seconds), details);
		}
	}

}
