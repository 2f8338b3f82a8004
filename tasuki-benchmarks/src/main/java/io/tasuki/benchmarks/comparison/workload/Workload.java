package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.report.Measurement;

/**
 * Something every contestant is made to do.
 */
public interface Workload {

	/**
	 * Returns its name in tables and on the command line.
	 */
	String name();

	/**
	 * Returns whether a contestant does this, here and now.
	 */
	boolean suits(Entrant entrant, Scale scale);

	/**
	 * Returns how long that takes on two cores, roughly.
	 */
	Duration expected(Entrant entrant, Scale scale);

	/**
	 * Returns in words what is left out if it must be quick.
	 */
	String leftOutWhenQuick();

	/**
	 * Lets a contestant do it once.
	 * @return what was measured, each with one value
	 * @throws IllegalStateException if a job did not run exactly once, or something else
	 * went wrong that makes the measurement worthless
	 */
	List<Measurement> run(Entrant entrant, Bench bench) throws InterruptedException;

}
