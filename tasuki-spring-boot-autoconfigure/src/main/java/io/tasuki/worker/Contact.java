package io.tasuki.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's contact with the database: counts failures, says how long to wait before
 * the next try, and writes few log lines: a warning when it fails, an error when that has
 * lasted longer than a lease, reminders ever more seldom, and the end. An outage of an
 * hour is seven lines, however many tries it takes. The thread reports, others read.
 */
final class Contact {

	private static final Logger logger = LoggerFactory.getLogger(Contact.class);

	private static final Duration FIRST_WAIT = Duration.ofMillis(50);

	private static final Duration FIRST_REMINDER = Duration.ofMinutes(5);

	private final String purpose;

	private final long longestWait;

	private final Duration leaseDuration;

	private final LongSupplier nanoTime;

	private volatile long lastSuccess;

	private volatile boolean everSucceeded;

	private volatile @Nullable String lastError;

	private int failures;

	private long awaySince;

	private long nextLineAfter;

	/**
	 * Creates a contact not yet made.
	 * @param purpose completes the sentence "the database is away for …"
	 * @param longestWait most time between two tries
	 * @param leaseDuration an absence that lasts longer costs leases
	 */
	Contact(String purpose, Duration longestWait, Duration leaseDuration) {
		this(purpose, longestWait, leaseDuration, System::nanoTime);
	}

	Contact(String purpose, Duration longestWait, Duration leaseDuration, LongSupplier nanoTime) {
		this.purpose = purpose;
		this.longestWait = longestWait.toNanos();
		this.leaseDuration = leaseDuration;
		this.nanoTime = nanoTime;
	}

	void succeeded() {
		this.lastSuccess = this.nanoTime.getAsLong();
		this.everSucceeded = true;
		if (this.failures > 0) {
			logger.info("The database answers {} again after {} and {} failed tries", this.purpose,
					RetryPolicy.text(away()), this.failures);
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
		log(ex);
		long wait = Math.min(FIRST_WAIT.toNanos() << Math.min(this.failures - 1, 16), this.longestWait);
		return ThreadLocalRandom.current().nextLong(wait / 2, wait + 1);
	}

	private void log(Throwable ex) {
		if (this.failures == 1) {
			this.awaySince = this.nanoTime.getAsLong();
			this.nextLineAfter = this.leaseDuration.toNanos();
			logger.warn("The database does not answer {}: {}. Trying again until it does", this.purpose,
					this.lastError);
			logger.debug("The failure in full", ex);
		}
		else if (away().toNanos() >= this.nextLineAfter) {
			logger.error(
					"The database has not answered {} for {}, longer than a lease: workers that reach it "
							+ "take over what this one holds. {} tries failed, the latest: {}",
					this.purpose, RetryPolicy.text(away()), this.failures, this.lastError);
			this.nextLineAfter = nextReminder(away().toNanos());
		}
	}

	private Duration away() {
		return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(this.nanoTime.getAsLong() - this.awaySince));
	}

	/**
	 * Returns the first reminder's time, doubled until it lies ahead.
	 */
	private static long nextReminder(long away) {
		long reminder = FIRST_REMINDER.toNanos();
		while (reminder <= away) {
			reminder *= 2;
		}
		return reminder;
	}

	/**
	 * Says in one line what lies at the bottom: what is wrapped around it quotes whole
	 * statements.
	 */
	private static String describe(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = root.getMessage();
		return (message != null) ? message.replaceAll("\\s*\\R\\s*", ", ") : root.getClass().getName();
	}

	/**
	 * Returns the time since the last success; {@code null} if there was none.
	 */
	@Nullable Duration sinceSuccess() {
		return this.everSucceeded ? Duration.ofNanos(this.nanoTime.getAsLong() - this.lastSuccess) : null;
	}

	@Nullable String lastError() {
		return this.lastError;
	}

}
