package io.tasuki.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tasuki.benchmarks.comparison.process.ProcessCommand;
import io.tasuki.benchmarks.comparison.report.Environment;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.report.Report;
import io.tasuki.benchmarks.comparison.server.ComparisonServer;
import io.tasuki.benchmarks.comparison.workload.AtRest;
import io.tasuki.benchmarks.comparison.workload.Bench;
import io.tasuki.benchmarks.comparison.workload.Drain;
import io.tasuki.benchmarks.comparison.workload.Enqueue;
import io.tasuki.benchmarks.comparison.workload.Fairness;
import io.tasuki.benchmarks.comparison.workload.Flatness;
import io.tasuki.benchmarks.comparison.workload.Latency;
import io.tasuki.benchmarks.comparison.workload.Opening;
import io.tasuki.benchmarks.comparison.workload.Size;
import io.tasuki.benchmarks.comparison.workload.Steady;
import io.tasuki.benchmarks.comparison.workload.Workload;

import org.springframework.util.FileSystemUtils;

/**
 * Compares: whoever's {@link Turn} it is.
 */
public final class Comparison {

	static final List<Workload> WORKLOADS = List.of(new Drain(), new Enqueue(), new Latency(), new Steady(),
			new Flatness(), new Fairness(), new AtRest(), new Size());

	private final ComparisonOptions options;

	private final Bench bench;

	private final long begin = System.nanoTime();

	private final Measurements measurements = new Measurements();

	private final List<String> failures = new ArrayList<>();

	private Comparison(ComparisonOptions options, Bench bench) {
		this.options = options;
		this.bench = bench;
	}

	/**
	 * Compares and exits: with 0 if everything was measured, 1 if something was not, 2 if
	 * the arguments cannot be read.
	 * @param arguments see {@link ComparisonOptions}
	 */
	public static void main(String[] arguments) throws Exception {
		ComparisonOptions options;
		try {
			options = ComparisonOptions.parse(WORKLOADS.stream().map(Workload::name).toList(), arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		System.exit(run(options) ? 0 : 1);
	}

	private static boolean run(ComparisonOptions options) throws IOException, InterruptedException {
		FileSystemUtils.deleteRecursively(options.folder());
		Files.createDirectories(options.folder());
		try (ComparisonServer server = new ComparisonServer()) {
			Bench bench = new Bench(server, options.folder());
			Thread emergency = new Thread(() -> abandon(bench, server));
			Runtime.getRuntime().addShutdownHook(emergency);
			try {
				Environment environment = Environment.here(server.version(), server.settings(),
						ProcessCommand.JVM_OPTIONS);
				describe(environment, options);
				return new Comparison(options, bench).run(environment);
			}
			finally {
				Runtime.getRuntime().removeShutdownHook(emergency);
			}
		}
	}

	/** Somebody ended the comparison from outside. */
	private static void abandon(Bench bench, ComparisonServer server) {
		bench.abandon();
		server.close();
	}

	private static void describe(Environment environment, ComparisonOptions options) {
		System.out.printf("%s on %d processors; PostgreSQL with %s; JVMs with %s%n", environment.versions(),
				environment.processors(), environment.postgresSettings(), environment.jvmOptions());
		options.entrants().forEach((entrant) -> System.out.printf("%s: %s%n", entrant.label(), entrant.settings()));
	}

	private boolean run(Environment environment) throws InterruptedException {
		List<Workload> workloads = WORKLOADS.stream()
			.filter((workload) -> this.options.workloads().contains(workload.name()))
			.toList();
		List<Turn> turns = Turn.all(workloads, this.options);
		announce(workloads, turns);
		if (!this.options.quick()) {
			new Opening().run(this.bench);
		}
		for (int next = 0; next < turns.size(); next++) {
			measure(turns.get(next));
			tellTime(turns.subList(next + 1, turns.size()));
		}
		Report.write(this.options.folder(), environment, this.measurements.list(), System.out);
		this.failures.forEach((failure) -> System.out.println("FAILED " + failure));
		return this.failures.isEmpty();
	}

	private void announce(List<Workload> workloads, List<Turn> turns) {
		System.out.printf("%d turns, about %s on two cores%n", turns.size(), minutes(Turn.expected(turns)));
		if (this.options.quick()) {
			workloads.forEach((workload) -> System.out.printf("quick %s leaves out: %s%n", workload.name(),
					workload.leftOutWhenQuick()));
		}
	}

	private void measure(Turn turn) throws InterruptedException {
		this.bench.scaleTo(turn.scale());
		try {
			for (Measurement measurement : turn.workload().run(turn.entrant(), this.bench)) {
				this.measurements.add(measurement);
				System.out.printf("%s, %s%n", turn, line(measurement));
			}
		}
		// Whatever it is, the others' turns are worth an hour.
		catch (RuntimeException ex) {
			this.failures.add("%s: %s".formatted(turn, ex.getMessage()));
			System.out.printf("%s: FAILED%n", turn);
			ex.printStackTrace();
		}
	}

	private void tellTime(List<Turn> left) {
		System.out.printf("%s used, about %s left%n", minutes(Duration.ofNanos(System.nanoTime() - this.begin)),
				minutes(Turn.expected(left)));
	}

	private static String minutes(Duration time) {
		return "%d:%02d min".formatted(time.toMinutes(), time.toSecondsPart());
	}

	private static String line(Measurement measurement) {
		String details = measurement.details()
			.entrySet()
			.stream()
			.map((detail) -> "%s %s".formatted(text(detail.getValue()), detail.getKey()))
			.collect(Collectors.joining(", "));
		return "%s: %s %s (%s)".formatted(measurement.variant(), text(measurement.values()), measurement.unit(),
				details);
	}

	private static String text(List<Double> values) {
		return values.stream()
			.map((value) -> String.format(Locale.ROOT, (value < 100) ? "%.2f" : "%.0f", value))
			.collect(Collectors.joining(" "));
	}

}
