package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param quick whether two minutes must be enough for everything
 */
public record Scale(boolean quick) {

	/**
	 * Returns a number of jobs.
	 * @param usual number, unless it must be quick
	 */
	int jobs(int usual) {
		return (this.quick) ? usual / 8 : usual;
	}

	/**
	 * Returns a time.
	 * @param usual time, unless it must be quick
	 */
	Duration time(Duration usual) {
		return (this.quick) ? usual.dividedBy(8) : usual;
	}

}
