package io.tasuki;

import java.time.Instant;
import java.util.Objects;

/**
 * A line that a handler wrote into the history of its job.
 *
 * @param attempt number of the attempt, counted from 1
 * @param at when it was written, by the database's clock
 * @param text the line
 */
public record LogLine(int attempt, Instant at, String text) {

	/** Most lines that are kept of a job: the latest. */
	public static final int MAX_LINES = 100;

	/** Longest line, in characters: the rest is cut off. */
	public static final int MAX_LENGTH = 500;

	public LogLine {
		Objects.requireNonNull(at, "'at' must not be null");
		Objects.requireNonNull(text, "'text' must not be null");
	}

}
