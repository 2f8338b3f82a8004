package io.tasuki.worker;

import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the worker's own executor, which may refuse to give one.
 */
final class SlotThreads {

	private static final Logger logger = LoggerFactory.getLogger(SlotThreads.class);

	private final Executor executor;

	/** Whether the executor refused the latest thread. */
	private volatile boolean refusing;

	SlotThreads(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Runs a command on a thread of the executor. Says that there is none once until
	 * there is one again.
	 * @return whether there is one
	 */
	boolean start(Runnable command) {
		try {
			this.executor.execute(command);
			this.refusing = false;
			return true;
		}
		catch (RuntimeException | Error ex) {
			// Not only a full executor: the system may refuse a thread, which is an
			// OutOfMemoryError.
			logRefusal(ex);
			return false;
		}
	}

	private void logRefusal(Throwable ex) {
		if (!this.refusing) {
			this.refusing = true;
			logger.error("The executor refused to run jobs; they wait until it takes them", ex);
		}
	}

	boolean refusing() {
		return this.refusing;
	}

}
