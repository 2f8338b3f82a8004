package io.tasuki.benchmarks.comparison.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	private final Trial trial;

	private final long jvmBefore;

	private final ServerUsage before;

	private Costs(ComparisonServer server, Trial trial) throws InterruptedException {
		this.server = server;
		this.trial = trial;
		this.jvmBefore = jvmMicros(trial);
		this.before = server.usage();
	}

	static Costs begin(ComparisonServer server, Trial trial) throws InterruptedException {
		return new Costs(server, trial);
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
	 * @param jobs how many jobs it was for
	 * @return what one job costs
	 */
	Map<String, List<Double>> perJob(double jobs) throws InterruptedException {
		ServerUsage after = this.server.usage();
		long jvmMicros = jvmMicros(this.trial) - this.jvmBefore;
		Map<String, List<Double>> perJob = new LinkedHashMap<>();
		perJob.put(Details.WAL_PER_JOB, List.of((after.walBytes() - this.before.walBytes()) / jobs));
		if (after.cpuMicros().isPresent() && this.before.cpuMicros().isPresent()) {
			long micros = after.cpuMicros().getAsLong() - this.before.cpuMicros().getAsLong();
			perJob.put(Details.POSTGRES_CPU, List.of(micros / jobs));
		}
		perJob.put(Details.JVM_CPU, List.of(jvmMicros / jobs));
		return perJob;
	}

}
