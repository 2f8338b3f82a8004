package io.tasuki.worker;

/**
 * Begins the transactions of a handler that completes its jobs inside them. Safe for use
 * by many threads.
 */
public interface HandlerTransactions {

	/**
	 * Begins a transaction on the calling thread.
	 * @throws RuntimeException if that fails: the job is put off, nothing charged
	 */
	HandlerTransaction begin();

}
