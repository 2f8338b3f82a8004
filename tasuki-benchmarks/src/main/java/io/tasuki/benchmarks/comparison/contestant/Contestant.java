package io.tasuki.benchmarks.comparison.contestant;

/**
 * A job queue under measurement, in its most favourable realistic configuration. All jobs
 * are of one kind, carry their number and a filler, and do nothing but {@link Ledger#ran
 * note} that they ran.
 */
public interface Contestant extends AutoCloseable {

	/**
	 * Creates the tables in an empty database; called once for each, in one process.
	 */
	void createTables();

	/**
	 * Puts due jobs into the queue, by the fastest way the contestant offers. They are
	 * committed when this returns.
	 * @param first number of the first job
	 * @param count how many, numbered consecutively
	 * @param payloadBytes about how large the payload of each is
	 */
	void preload(int first, int count, int payloadBytes);

	/**
	 * Enqueues one job in a transaction of its own, committed when this returns. Called
	 * by several threads at once.
	 * @param number number of the job
	 */
	void enqueue(int number);

	/**
	 * Enqueues jobs in one transaction, committed when this returns. Called by several
	 * threads at once.
	 * @param first number of the first job
	 * @param count how many, numbered consecutively
	 */
	void enqueueAll(int first, int count);

	/**
	 * Begins to run jobs, and returns when it does. Called again after
	 * {@link #stopWorking()}.
	 * @param ledger is told of each job that runs
	 */
	void startWorking(Ledger ledger);

	/**
	 * Ends running jobs, and returns when all outcomes are recorded.
	 */
	void stopWorking();

	/**
	 * Returns how many jobs are in the queue: due, scheduled or running.
	 */
	long unfinished();

	/**
	 * Returns whether no job is left in the queue. Asked often, so cheap as long as one
	 * is.
	 */
	default boolean isEmpty() {
		return unfinished() == 0;
	}

	@Override
	void close();

}
