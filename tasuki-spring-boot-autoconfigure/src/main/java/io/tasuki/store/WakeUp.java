package io.tasuki.store;

import java.time.Duration;

/**
 * The word that a job came to a queue. May be lost; polling finds the job then.
 *
 * @param queue the queue
 * @param priority the job's priority
 * @param position the job's place in the run order: cursors behind it move back to it
 * @param dueIn how long until the job is due; zero when it is
 * @param single whether it is known to stand for no other job than this
 */
public record WakeUp(String queue, int priority, Position position, Duration dueIn, boolean single) {

	/**
	 * Creates a wake-up that may stand for other jobs behind this one as well.
	 */
	public WakeUp(String queue, int priority, Position position, Duration dueIn) {
		this(queue, priority, position, dueIn, false);
	}

	/**
	 * Returns whether the job is due already.
	 */
	public boolean due() {
		return this.dueIn.isZero() || this.dueIn.isNegative();
	}

}
