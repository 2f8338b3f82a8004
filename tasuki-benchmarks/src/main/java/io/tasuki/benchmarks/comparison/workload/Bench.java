package io.tasuki.benchmarks.comparison.workload;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.tasuki.benchmarks.comparison.process.ContestantProcess;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.ProcessCommand;
import io.tasuki.benchmarks.comparison.server.ComparisonServer;

/**
 * Where everything takes place.
 */
public final class Bench {

	private final ComparisonServer server;

	private Scale scale = new Scale(false, true);

	private final Path logs;

	private final Set<ContestantProcess> processes = ConcurrentHashMap.newKeySet();

	private int trials;

	/**
	 * Creates a bench.
	 * @param logs folder for the logs of all JVMs
	 */
	public Bench(ComparisonServer server, Path logs) {
		this.server = server;
		this.logs = logs;
	}

	/**
	 * Says how much is done from now on.
	 */
	public void scaleTo(Scale scale) {
		this.scale = scale;
	}

	/**
	 * Returns how much is done.
	 */
	public Scale scale() {
		return this.scale;
	}

	ComparisonServer server() {
		return this.server;
	}

	/**
	 * Prepares a trial: an empty database, and one JVM that has created its tables there.
	 * @param jobs one more than the largest number of a job
	 */
	Trial trial(Entrant entrant, int jobs) throws InterruptedException {
		return trial(entrant, jobs, ProcessCommand.JVM_OPTIONS);
	}

	/**
	 * Prepares a trial of JVMs with options of their own.
	 * @param jobs one more than the largest number of a job
	 * @param options all options
	 */
	Trial trial(Entrant entrant, int jobs, List<String> options) throws InterruptedException {
		Path folder = this.logs.resolve("%03d-%s".formatted(++this.trials, entrant.label()));
		return Trial.prepare(this, new ProcessCommand(folder), entrant, jobs, options);
	}

	void started(ContestantProcess process) {
		this.processes.add(process);
	}

	void ended(ContestantProcess process) {
		this.processes.remove(process);
	}

	/**
	 * Ends all processes at once, because somebody ended the comparison.
	 */
	public void abandon() {
		new HashSet<>(this.processes).forEach(ContestantProcess::kill);
	}

}
