package io.tasuki.store;

import org.jspecify.annotations.Nullable;

/**
 * An outcome to record.
 *
 * @param lease the right under which the attempt was made
 * @param outcome how it ended
 * @param error what went wrong; {@code null} when nothing did
 */
public record Completion(Lease lease, Outcome outcome, @Nullable Failure error) {

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
