package io.tasuki.benchmarks.comparison.contestant;

/**
 * A {@link Contestant} that enqueues within transactions of the application.
 */
public interface BusinessTransactions {

	/**
	 * Creates the application's own table; called once, after the contestant's tables
	 * were created.
	 */
	void createBusinessTable();

	/**
	 * Writes one row of the application's own, in a transaction that is committed when
	 * this returns. Called by several threads at once.
	 * @param number number of the row
	 */
	void business(int number);

	/**
	 * Does the same and enqueues one job in the same transaction.
	 * @param number number of the row and of the job
	 */
	void businessWithJob(int number);

}
