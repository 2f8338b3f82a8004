package io.tasuki.store;

import io.tasuki.RetentionMode;
import org.jspecify.annotations.Nullable;

/**
 * An outcome to record.
 *
 * @param lease the right under which the attempt was made
 * @param outcome how it ended
 * @param error what went wrong; {@code null} when nothing did
 * @param retention what is kept if it ends the job
 * @param report what the handler said of the job and is to be written before;
 * {@code null} for nothing
 */
public record Completion(Lease lease, Outcome outcome, @Nullable Failure error, RetentionMode retention,
		@Nullable Report report) {

	/**
	 * Creates a completion of a job of which all is kept.
	 */
	public Completion(Lease lease, Outcome outcome, @Nullable Failure error) {
		this(lease, outcome, error, RetentionMode.ALL, null);
	}

	/**
	 * Returns this completion of a job of which something else is kept.
	 */
	public Completion withRetention(RetentionMode retention) {
		return (retention == this.retention) ? this
				: new Completion(this.lease, this.outcome, this.error, retention, this.report);
	}

	/**
	 * Returns this completion with something else to be written before.
	 */
	public Completion withReport(@Nullable Report report) {
		return (report == this.report) ? this
				: new Completion(this.lease, this.outcome, this.error, this.retention, report);
	}

	/**
	 * An error as the worker saw it; the database adds the time, and the attempt is the
	 * job's own.
	 *
	 * @param type class name of what was thrown, or a word
	 * @param message what went wrong, bounded
	 * @param stackTrace beginning of the stack trace, bounded; {@code null} for none
	 */
	public record Failure(String type, String message, @Nullable String stackTrace) {
	}

}
