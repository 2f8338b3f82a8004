package io.tasuki.postgres;

import java.time.Duration;

/** Waits for threads. */
final class Threads {

	private Threads() {
	}

	/**
	 * Waits for the end of a thread, but not for the current one.
	 * @return whether it has ended
	 */
	static boolean join(Thread thread, Duration patience) {
		try {
			if (thread != Thread.currentThread()) {
				thread.join(Math.max(1, patience.toMillis()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return !thread.isAlive();
	}

}
