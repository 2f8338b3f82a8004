package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.ReadUsage;
import io.tasuki.benchmarks.comparison.process.Usage;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.benchmarks.comparison.report.Workloads;
import io.tasuki.benchmarks.comparison.server.ComparisonServer;

/**
 * An instance with nothing to do. What the server uses includes what it would use without
 * anybody.
 */
public final class AtRest implements Workload {

	@Override
	public String name() {
		return Workloads.AT_REST;
	}

	@Override
	public boolean suits(Entrant entrant) {
		return entrant == Entrant.TASUKI;
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		return List.of(rest(entrant, bench, Variants.ONE_QUEUE, 1), rest(entrant, bench, Variants.TEN_QUEUES, 10),
				rest(entrant, bench, Variants.TWO_HUNDRED_QUEUES, 200));
	}

	private Measurement rest(Entrant entrant, Bench bench, String variant, int queues) throws InterruptedException {
		// There is a default queue, whatever else there is.
		List<String> named = IntStream.range(1, queues).mapToObj("queue-%d"::formatted).toList();
		try (Trial trial = bench.trial(entrant, 1, JvmOptions.withQueues(named))) {
			trial.countStatements();
			trial.startWorking();
			Thread.sleep(settling(bench.scale()).toMillis());
			Moment before = Moment.now(trial, bench.server());
			Thread.sleep(time(bench.scale()).toMillis());
			Moment after = Moment.now(trial, bench.server());
			return new Measurement(name(), variant, entrant.label(), "statements/s",
					List.of(after.statementsPerSecond(before)), after.details(before));
		}
	}

	// Shorter than this, what happens once a second is a matter of chance.
	private static Duration time(Scale scale) {
		return Duration.ofSeconds((scale.quick()) ? 5 : 30);
	}

	private static Duration settling(Scale scale) {
		return Duration.ofSeconds((scale.quick()) ? 3 : 10);
	}

	/**
	 * What was used up to a moment.
	 *
	 * @param nanos the moment
	 * @param statements of the instance
	 * @param jvm by the instance
	 * @param serverMicros processor time of the server
	 */
	private record Moment(long nanos, long statements, Usage jvm, OptionalLong serverMicros) {

		static Moment now(Trial trial, ComparisonServer server) throws InterruptedException {
			Usage jvm = trial.first().ask(new ReadUsage(false));
			return new Moment(System.nanoTime(), trial.statements(), jvm, server.usage().cpuMicros());
		}

		double statementsPerSecond(Moment before) {
			return (this.statements - before.statements) / secondsSince(before);
		}

		Map<String, List<Double>> details(Moment before) {
			double seconds = secondsSince(before);
			Map<String, List<Double>> details = new LinkedHashMap<>();
			details.put(Details.CPU, List.of(percent(this.jvm.cpuMicros() - before.jvm.cpuMicros(), seconds)));
			if (this.serverMicros.isPresent() && before.serverMicros.isPresent()) {
				details.put("PostgreSQL CPU % of a core",
						List.of(percent(this.serverMicros.getAsLong() - before.serverMicros.getAsLong(), seconds)));
			}
			details.put(Details.ALLOCATED, List.of(this.jvm.allocatedSince(before.jvm) / 1_024.0 / seconds));
			details.put(Details.THREADS, List.of((double) this.jvm.threads()));
			return details;
		}

		private double secondsSince(Moment before) {
			return (this.nanos - before.nanos) / 1e9;
		}

		private static double percent(long micros, double seconds) {
			return micros / 1e4 / seconds;
		}

	}

}
