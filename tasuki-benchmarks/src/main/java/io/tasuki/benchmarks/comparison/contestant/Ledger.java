package io.tasuki.benchmarks.comparison.contestant;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which jobs ran in this process, how often, and when first. Times are microseconds since
 * the epoch, which every process of the machine counts alike.
 */
public final class Ledger {

	private final Notes runs;

	private final Notes startedAt;

	private final LongAdder total = new LongAdder();

	/**
	 * Creates a ledger.
	 * @param jobs one more than the largest number of a job
	 */
	public Ledger(int jobs) {
		this.runs = new Notes(jobs);
		this.startedAt = new Notes(jobs);
	}

	/**
	 * Notes that a handler has begun to run a job. Any thread may say so.
	 * @param number number of the job
	 */
	public void ran(int number) {
		if (this.runs.increment(number) == 0) {
			this.startedAt.set(number, now());
		}
		this.total.increment();
	}

	/**
	 * Returns the time, as this ledger counts it.
	 */
	public static long now() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
	}

	/**
	 * Returns the number of runs so far.
	 */
	public long total() {
		return this.total.sum();
	}

	/**
	 * Returns how often a job ran here.
	 */
	public int runs(int number) {
		return (int) this.runs.get(number);
	}

	/**
	 * Returns when a job first began to run here; 0 if it did not.
	 */
	public long startedAt(int number) {
		return this.startedAt.get(number);
	}

}
