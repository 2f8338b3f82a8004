package io.tasuki.worker;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits here. A signal given while nobody waits is kept for the
 * next wait.
 */
final class Signal {

	private volatile boolean given;

	private volatile @Nullable Thread waiting;

	void give() {
		if (!this.given) {
			this.given = true;
			LockSupport.unpark(this.waiting);
		}
	}

	/**
	 * Waits for a signal and takes it.
	 * @param nanos longest wait
	 */
	void await(long nanos) {
		long deadline = System.nanoTime() + nanos;
		this.waiting = Thread.currentThread();
		long left = nanos;
		while (!this.given && left > 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this, left);
			left = deadline - System.nanoTime();
		}
		this.waiting = null;
		this.given = false;
	}

}
