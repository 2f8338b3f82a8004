package io.tasuki.benchmarks.comparison.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.tasuki.benchmarks.comparison.process.ContestantProcess;
import io.tasuki.benchmarks.comparison.process.ReadUsage;
import io.tasuki.benchmarks.comparison.report.Details;
import io.tasuki.benchmarks.comparison.server.ComparisonServer;
import io.tasuki.benchmarks.comparison.server.ServerUsage;

/**
 * What the server and the JVMs of a trial use between two moments.
 */
final class Costs {

	private final ComparisonServer server;

	private final String database;

	private final Trial trial;

	private final long transactionsBefore;

	private final long jvmBefore;

	private final ServerUsage before;

	private Costs(ComparisonServer server, String database, Trial trial) throws InterruptedException {
		this.server = server;
		this.database = database;
		this.trial = trial;
		this.transactionsBefore = server.transactions(database);
		this.jvmBefore = jvmMicros(trial);
		this.before = server.usage();
	}

	static Costs begin(ComparisonServer server, String database, Trial trial) throws InterruptedException {
		return new Costs(server, database, trial);
	}

	private static long jvmMicros(Trial trial) throws InterruptedException {
		long micros = 0;
		for (ContestantProcess process : trial.processes()) {
			micros += process.ask(new ReadUsage(false)).cpuMicros();
		}
		return micros;
	}

	/**
	 * Stops counting.
	 */
	Counted end() throws InterruptedException {
		ServerUsage after = this.server.usage();
		return new Counted(after.walBytes() - this.before.walBytes(), cpu(after),
				jvmMicros(this.trial) - this.jvmBefore);
	}

	private OptionalLong cpu(ServerUsage after) {
		if (after.cpuMicros().isEmpty() || this.before.cpuMicros().isEmpty()) {
			return OptionalLong.empty();
		}
		return OptionalLong.of(after.cpuMicros().getAsLong() - this.before.cpuMicros().getAsLong());
	}

	/**
	 * Returns what one job costs. Ends the JVMs of the trial: their connections report
	 * the last transactions only then.
	 */
	Map<String, List<Double>> perJob(Counted counted, long jobs) throws InterruptedException {
		this.trial.endProcesses();
		this.server.awaitReports(this.database);
		double transactions = this.server.transactions(this.database) - this.transactionsBefore;
		Map<String, List<Double>> perJob = new LinkedHashMap<>();
		perJob.put(Details.WAL_PER_JOB, List.of((double) counted.walBytes() / jobs));
		perJob.put(Details.TRANSACTIONS_PER_JOB, List.of(transactions / jobs));
		counted.serverMicros().ifPresent((micros) -> perJob.put(Details.POSTGRES_CPU, List.of((double) micros / jobs)));
		perJob.put(Details.JVM_CPU, List.of((double) counted.jvmMicros() / jobs));
		return perJob;
	}

	/**
	 * What was counted.
	 *
	 * @param walBytes write-ahead log
	 * @param serverMicros processor time of the server
	 * @param jvmMicros processor time of the JVMs
	 */
	record Counted(long walBytes, OptionalLong serverMicros, long jvmMicros) {

	}

}
