package io.tasuki.benchmarks.comparison.workload;

import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.comparison.process.Trace;

/**
 * A drain of jobs that the database made itself, possibly beside rows that are to stay.
 */
final class RowDrain {

	/** A JVM writes so much of its trace at once, since its heap may be small. */
	private static final int TRACED_AT_ONCE = 50_000;

	private final Trial trial;

	private final JobRows rows;

	private final JobShape shape;

	private int made;

	/**
	 * Prepares a drain.
	 * @param shape of the jobs
	 */
	RowDrain(Trial trial, JobShape shape) {
		this.trial = trial;
		this.rows = new JobRows(trial.database());
		this.shape = shape;
	}

	JobRows rows() {
		return this.rows;
	}

	/**
	 * Drains jobs that count for nothing.
	 * @param rounds how often, from a stored load to the stop of the worker
	 * @param jobs of each round
	 */
	void warmUp(int rounds, int jobs) throws InterruptedException {
		for (int round = 0; round < rounds; round++) {
			long before = make(jobs);
			this.trial.startWorking();
			awaitDrained(before);
			this.trial.stopWorking();
		}
	}

	/**
	 * Drains jobs, each of which must run once while all other rows stay what they are.
	 */
	Drained drain(int jobs) throws InterruptedException {
		String others = this.rows.state();
		int first = this.made;
		long before = make(jobs);
		this.trial.tidy();
		Costs costs = this.trial.count();
		this.trial.startWorking();
		long end = awaitDrained(before);
		Map<String, List<Double>> perJob = costs.perJob(jobs);
		double seconds = (end - checkOnce(first, jobs)) / 1e6;
		if (!this.rows.state().equals(others)) {
			throw new IllegalStateException("There were %s, and in the end %s".formatted(others, this.rows.state()));
		}
		return new Drained(List.of(jobs / seconds), perJob);
	}

	private long make(int jobs) {
		long before = this.rows.due(this.made, jobs, this.shape);
		this.made += jobs;
		return before;
	}

	private long awaitDrained(long before) throws InterruptedException {
		return this.trial.awaitDrained(this.made, () -> this.rows.isEmptyAfter(before));
	}

	private long checkOnce(int first, int jobs) throws InterruptedException {
		long firstStart = Long.MAX_VALUE;
		for (int done = 0; done < jobs; done += TRACED_AT_ONCE) {
			Trace trace = this.trial.trace(first + done, Math.min(TRACED_AT_ONCE, jobs - done)).checkOnce();
			firstStart = Math.min(firstStart, trace.firstStart());
		}
		return firstStart;
	}

	/**
	 * What came of it.
	 *
	 * @param perSecond jobs in a second, from the first start until none was left
	 * @param costsPerJob what one job cost
	 */
	record Drained(List<Double> perSecond, Map<String, List<Double>> costsPerJob) {

	}

}
