package io.tasuki.worker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The jobs that one call of a handler runs together, on one thread and in one slot. Each
 * keeps its own lease and may be cancelled or lost by itself, which does not concern the
 * others: their thread is interrupted only when there is nobody left to run for. Safe for
 * use by many threads.
 */
final class Batch {

	/** Jobs that nobody has told to stop and whose attempts are not over. */
	private final AtomicInteger wanted;

	/** Jobs whose attempts are not over. */
	private final AtomicInteger running;

	Batch(int jobs) {
		this.wanted = new AtomicInteger(jobs);
		this.running = new AtomicInteger(jobs);
	}

	/**
	 * A job is told to stop for the first time, or its attempt is over before anybody
	 * told it to.
	 */
	void leave() {
		this.wanted.decrementAndGet();
	}

	/**
	 * Returns whether no job is left that is to go on.
	 */
	boolean isDeserted() {
		return this.wanted.get() <= 0;
	}

	/**
	 * The attempt of a job is over.
	 */
	void over() {
		this.running.decrementAndGet();
	}

	/**
	 * Returns whether the attempt of any job goes on.
	 */
	boolean isRunning() {
		return this.running.get() > 0;
	}

}
