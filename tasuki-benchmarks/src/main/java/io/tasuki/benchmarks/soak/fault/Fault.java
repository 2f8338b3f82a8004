package io.tasuki.benchmarks.soak.fault;

/**
 * Something that goes wrong.
 */
interface Fault {

	/**
	 * Does it, writes it down, and makes good what can be made good.
	 */
	void strike(Site site) throws InterruptedException;

}
