package io.tasuki.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tasuki.benchmarks.comparison.process.Entrant;
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
import io.tasuki.benchmarks.comparison.workload.Scale;
import io.tasuki.benchmarks.comparison.workload.Size;
import io.tasuki.benchmarks.comparison.workload.Steady;
import io.tasuki.benchmarks.comparison.workload.Workload;

import org.springframework.util.FileSystemUtils;

/**
 * Compares: each workload, as often as it is repeated, by one contestant after the other,
 * so that whatever else the machine does befalls all alike.
 */
public final class Comparison {

	private static final List<Workload> WORKLOADS = List.of(new Drain(), new Enqueue(), new Latency(), new Steady(),
			new Flatness(), new Fairness(), new AtRest(), new Size());

	private final ComparisonOptions options;

	private final Bench bench;

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
			Bench bench = new Bench(server, new Scale(options.quick()), options.folder());
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
		for (Workload workload : WORKLOADS) {
			if (this.options.workloads().contains(workload.name())) {
				repeat(workload);
			}
		}
		Report.write(this.options.folder(), environment, this.measurements.list(), System.out);
		this.failures.forEach((failure) -> System.out.println("FAILED " + failure));
		return this.failures.isEmpty();
	}

	private void repeat(Workload workload) throws InterruptedException {
		for (int repetition = 1; repetition <= this.options.repeat(); repetition++) {
			for (Entrant entrant : this.options.entrants()) {
				if (workload.suits(entrant)) {
					measure(workload, entrant, repetition);
				}
			}
		}
	}

	private void measure(Workload workload, Entrant entrant, int repetition) throws InterruptedException {
		String what = "%s %d/%d %s".formatted(workload.name(), repetition, this.options.repeat(), entrant.label());
		try {
			for (Measurement measurement : workload.run(entrant, this.bench)) {
				this.measurements.add(measurement);
				System.out.printf("%s, %s%n", what, line(measurement));
			}
		}
		catch (IllegalStateException ex) {
			this.failures.add("%s: %s".formatted(what, ex.getMessage()));
			System.out.printf("%s: FAILED%n", what);
			ex.printStackTrace();
		}
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
