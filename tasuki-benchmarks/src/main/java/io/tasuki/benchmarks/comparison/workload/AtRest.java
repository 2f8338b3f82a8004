package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.ArrayList;
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

	private static final List<Rest> RESTS = List.of(new Rest(Variants.ONE_QUEUE, 1), new Rest(Variants.TEN_QUEUES, 10),
			new Rest(Variants.TWO_HUNDRED_QUEUES, 200));

	private static final int READING_MILLIS = 2_000;

	@Override
	public String name() {
		return Workloads.AT_REST;
	}

	@Override
	public boolean suits(Entrant entrant, Scale scale) {
		return entrant == Entrant.TASUKI && scale.first();
	}

	@Override
	public Duration expected(Entrant entrant, Scale scale) {
		return time(scale).plus(longestSettling(scale)).plusSeconds(4).multipliedBy(rests(scale).size());
	}

	@Override
	public String leftOutWhenQuick() {
		return "1 and 10 queues";
	}

	@Override
	public List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException {
		List<Measurement> measured = new ArrayList<>();
		for (Rest rest : rests(bench.scale())) {
			measured.add(rest(entrant, bench, rest.variant(), rest.queues()));
		}
		return measured;
	}

	private static List<Rest> rests(Scale scale) {
		return (scale.quick()) ? RESTS.subList(2, RESTS.size()) : RESTS;
	}

	private Measurement rest(Entrant entrant, Bench bench, String variant, int queues) throws InterruptedException {
		// There is a default queue, whatever else there is.
		List<String> named = IntStream.range(1, queues).mapToObj("queue-%d"::formatted).toList();
		try (Trial trial = bench.trial(entrant, 1, JvmOptions.withQueues(named))) {
			trial.countStatements();
			trial.startWorking();
			awaitSettled(trial, longestSettling(bench.scale()));
			Moment before = Moment.now(trial, bench.server());
			Thread.sleep(time(bench.scale()).toMillis());
			Moment after = Moment.now(trial, bench.server());
			return new Measurement(name(), variant, entrant.label(), "statements/s",
					List.of(after.statementsPerSecond(before)), after.details(before));
		}
	}

	// A JVM that has just started is still compiling.
	private static void awaitSettled(Trial trial, Duration longest) throws InterruptedException {
		Settling settling = new Settling();
		long begin = System.nanoTime();
		long before = cpuMicros(trial);
		boolean settled = false;
		while (!settled && System.nanoTime() - begin < longest.toNanos()) {
			Thread.sleep(READING_MILLIS);
			long now = cpuMicros(trial);
			settled = settling.isSettledAfter(now - before);
			before = now;
		}
	}

	private static long cpuMicros(Trial trial) throws InterruptedException {
		return trial.first().ask(new ReadUsage(false)).cpuMicros();
	}

	// Shorter than this, what happens once a second is a matter of chance.
	private static Duration time(Scale scale) {
		return Duration.ofSeconds((scale.quick()) ? 5 : 30);
	}

	private static Duration longestSettling(Scale scale) {
		return Duration.ofSeconds((scale.quick()) ? 2 : 20);
	}

	/**
	 * Something to rest from.
	 *
	 * @param variant what the measurement is called
	 * @param queues how many there are
	 */
	private record Rest(String variant, int queues) {

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
