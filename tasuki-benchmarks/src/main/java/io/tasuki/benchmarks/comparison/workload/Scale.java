package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param quick whether two minutes must be enough for everything
 * @param first whether this is the first repetition, the only one for what is compared
 * with nothing
 */
public record Scale(boolean quick, boolean first) {

	/**
	 * Returns a number of jobs.
	 * @param usual number, unless it must be quick
	 */
	int jobs(int usual) {
		return (this.quick) ? usual / 8 : usual;
	}

	/**
	 * Returns one of two times.
	 * @param usual time, unless it must be quick
	 * @param quick the other one
	 */
	Duration time(Duration usual, Duration quick) {
		return (this.quick) ? quick : usual;
	}

}
