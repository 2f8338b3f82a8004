package io.tasuki.benchmarks.soak.process;

/**
 * One of the places where a worker runs: the process of the moment, behind its network.
 * At most one fault befalls it at a time.
 */
public final class WorkerPlace {

	private final int number;

	private final Network network;

	private volatile WorkerProcess process;

	WorkerPlace(int number, Network network, WorkerProcess process) {
		this.number = number;
		this.network = network;
		this.process = process;
	}

	/**
	 * Returns its number, from 1.
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns its way to the database.
	 */
	public Network network() {
		return this.network;
	}

	/**
	 * Returns its process of the moment.
	 */
	public WorkerProcess process() {
		return this.process;
	}

	void process(WorkerProcess process) {
		this.process = process;
	}

	@Override
	public String toString() {
		return "worker %d (process %d)".formatted(this.number, this.process.number());
	}

}
