package io.tasuki.benchmarks.comparison.process;

/**
 * What was enqueued.
 *
 * @param count number of jobs
 * @param micros time it took
 * @param ran number of jobs that began to run in the same JVM meanwhile
 */
public record Enqueued(int count, long micros, long ran) {

	/**
	 * Returns how many jobs were enqueued in a second.
	 */
	public double perSecond() {
		return this.count * 1e6 / this.micros;
	}

	/**
	 * Returns how many jobs began to run in a second.
	 */
	public double ranPerSecond() {
		return this.ran * 1e6 / this.micros;
	}

}
