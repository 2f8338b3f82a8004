package io.tasuki.benchmarks.comparison.workload;

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
 */
public final class Drain implements Workload {

	@Override
	public String name() {
		return Workloads.DRAIN;
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		int jobs = bench.scale().jobs(entrant.drainedJobs());
		Measurement one = drain(entrant, bench, jobs, 1);
		return (bench.scale().quick()) ? List.of(one) : List.of(one, drain(entrant, bench, jobs, 2));
	}

	private Measurement drain(Entrant entrant, Bench bench, int jobs, int jvms) throws InterruptedException {
		int warmUp = jobs / 2;
		try (Trial trial = bench.trial(entrant, warmUp + jobs)) {
			for (int started = 1; started < jvms; started++) {
				trial.start();
			}
			warmUp(trial, warmUp);
			trial.first().ask(new Preload(warmUp, jobs, Filler.USUAL_PAYLOAD));
			trial.tidy();
			Costs costs = trial.count();
			trial.startWorking();
			long end = trial.awaitDrained(warmUp + jobs);
			Map<String, List<Double>> details = costs.perJob(jobs);
			Trace trace = trial.trace(warmUp, jobs).checkOnce();
			details.put(Details.TRANSACTIONS_PER_JOB, List.of(trial.transactionsPerJob(warmUp + jobs)));
			double seconds = (end - trace.firstStart()) / 1e6;
			return new Measurement(name(), (jvms == 1) ? Variants.ONE_JVM : Variants.TWO_JVMS, entrant.label(),
					"jobs/s", List.of(jobs / seconds), details);
		}
	}

	private static void warmUp(Trial trial, int jobs) throws InterruptedException {
		trial.first().ask(new Preload(0, jobs, Filler.USUAL_PAYLOAD));
		trial.startWorking();
		trial.awaitDrained(jobs);
		trial.stopWorking();
	}

}
