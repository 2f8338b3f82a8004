package io.tasuki.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's contact with the database: counts failures, says how long to wait before
 * the next try, and writes one log line per change of state, so that an outage of an hour
 * is two lines. The thread reports, others read.
 */
final class Contact {

	private static final Logger logger = LoggerFactory.getLogger(Contact.class);

	private static final Duration FIRST_WAIT = Duration.ofMillis(50);

	private final String purpose;

	private final long longestWait;

	private volatile long lastSuccess;

	private volatile boolean everSucceeded;

	private volatile @Nullable String lastError;

	private int failures;

	/**
	 * Creates a contact not yet made.
	 * @param purpose completes the sentence "the database is away for …"
	 * @param longestWait most time between two tries
	 */
	Contact(String purpose, Duration longestWait) {
		this.purpose = purpose;
		this.longestWait = longestWait.toNanos();
	}

	void succeeded() {
		this.lastSuccess = System.nanoTime();
		this.everSucceeded = true;
		if (this.failures > 0) {
			logger.info("The database answers {} again after {} failed tries", this.purpose, this.failures);
			this.failures = 0;
			this.lastError = null;
		}
	}

	/**
	 * Notes a failure.
	 * @return nanoseconds to wait before the next try
	 */
	long failed(Throwable ex) {
		this.failures++;
		this.lastError = describe(ex);
		if (this.failures == 1) {
			logger.warn("The database does not answer {}: {}. Trying again until it does", this.purpose,
					this.lastError);
			logger.debug("The failure in full", ex);
		}
		long wait = Math.min(FIRST_WAIT.toNanos() << Math.min(this.failures - 1, 16), this.longestWait);
		return ThreadLocalRandom.current().nextLong(wait / 2, wait + 1);
	}

	/**
	 * Says what lies at the bottom: what is wrapped around it quotes whole statements.
	 */
	private static String describe(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = root.getMessage();
		return (message != null) ? message : root.getClass().getName();
	}

	/**
	 * Returns the time since the last success; {@code null} if there was none.
	 */
	@Nullable Duration sinceSuccess() {
		return this.everSucceeded ? Duration.ofNanos(System.nanoTime() - this.lastSuccess) : null;
	}

	@Nullable String lastError() {
		return this.lastError;
	}

}
