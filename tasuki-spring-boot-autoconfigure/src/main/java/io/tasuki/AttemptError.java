package io.tasuki;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a job failed.
 *
 * @param attempt number of the attempt, counted from 1
 * @param at when the failure was recorded, by the database's clock
 * @param type class name of what was thrown, or a word for a failure without an exception
 * @param message what went wrong, for a human; may be empty
 * @param stackTrace the beginning of the stack trace; {@code null} when there was no
 * exception
 */
public record AttemptError(int attempt, Instant at, String type, String message, @Nullable String stackTrace) {

	public AttemptError {
		Objects.requireNonNull(at, "'at' must not be null");
		Objects.requireNonNull(type, "'type' must not be null");
		Objects.requireNonNull(message, "'message' must not be null");
	}

}
