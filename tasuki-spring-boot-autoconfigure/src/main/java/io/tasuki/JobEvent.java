package io.tasuki;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link JobListener} is told: one attempt began, or what became of it.
 */
public sealed interface JobEvent {

	/**
	 * Returns the job, with the number of the attempt.
	 */
	Job job();

	/**
	 * An attempt began: its handler is being called.
	 *
	 * @param job the job
	 */
	record Started(Job job) implements JobEvent {
	}

	/**
	 * The handler was done.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran
	 */
	record Succeeded(Job job, Duration runTime) implements JobEvent {
	}

	/**
	 * The attempt failed, and there will be another one.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran
	 * @param failure what went wrong; {@code null} when that could not be told
	 * @param delay how long the job waits; {@code null} when it waits for a moment
	 * @param runAt the moment it waits for; {@code null} when it waits for a delay
	 */
	record Failed(Job job, Duration runTime, @Nullable Failure failure, @Nullable Duration delay,
			@Nullable Instant runAt) implements JobEvent {
	}

	/**
	 * The job gave up and is kept in the dead letters.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran; zero if it was not called
	 * @param reason why, for a human
	 * @param failure what went wrong; {@code null} when that could not be told
	 */
	record Dead(Job job, Duration runTime, String reason, @Nullable Failure failure) implements JobEvent {
	}

	/**
	 * The job ended because somebody no longer wanted it.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran; zero if it was not called
	 * @param reason why, for a human
	 */
	record Cancelled(Job job, Duration runTime, String reason) implements JobEvent {
	}

	/**
	 * The handler asked to run again later, using up no attempt.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran
	 * @param delay how long the job waits
	 */
	record Snoozed(Job job, Duration runTime, Duration delay) implements JobEvent {
	}

	/**
	 * The job went back as if it had not been claimed, as in a shutdown.
	 *
	 * @param job the job
	 * @param runTime how long the handler ran; zero if it was not called
	 */
	record HandedBack(Job job, Duration runTime) implements JobEvent {
	}

	/**
	 * The job was running or finished here, but its lease is gone: what became of it here
	 * is not recorded, another worker's run counts.
	 *
	 * @param job the job
	 */
	record LeaseLost(Job job) implements JobEvent {
	}

	/**
	 * How an attempt failed.
	 *
	 * @param type class name of what was thrown, or a word for a failure without an
	 * exception
	 * @param message what went wrong, for a human; may be empty. The stack trace stands
	 * in the log and with the job: {@link JobClient#find}.
	 */
	record Failure(String type, String message) {
	}

}
