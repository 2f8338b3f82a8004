package io.tasuki.benchmarks.soak.load;

import java.time.Duration;
import java.util.Locale;

/**
 * Kinds of jobs, and how one behaves by its number.
 */
public enum Kind {

	/** Ends at once. */
	FAST,

	/** Takes its time. */
	SLOW,

	/** Fails at its first attempt or two. */
	FAILING,

	/** Fails at every attempt it has. */
	HOPELESS,

	/** Shares its unique key with others. */
	UNIQUE,

	/** Is due only after a while. */
	DELAYED,

	/** Has its effect in the database, in the handler's transaction. */
	TRANSACTIONAL,

	/** The same, but its first attempt or two fail after the effect. */
	UNDONE,

	/** Takes its process down at its first start or two. */
	CRASHING,

	/** Takes its process down at every start. */
	DEADLY;

	/** Attempts of a job that is to end dead. */
	public static final int HOPELESS_ATTEMPTS = 2;

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(20);

	/**
	 * Returns the kind under which the queue knows it.
	 */
	public String word() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Returns the kind that the queue knows under this word.
	 */
	public static Kind of(String word) {
		return valueOf(word.toUpperCase(Locale.ROOT));
	}

	/**
	 * Returns whether the effect is part of the handler's own transaction, and the
	 * handler fails when the database is away.
	 */
	public boolean isTransactional() {
		return this == TRANSACTIONAL || this == UNDONE;
	}

	/**
	 * Returns whether the job succeeds in the end, rather than die.
	 */
	public boolean succeeds() {
		return this != HOPELESS && this != DEADLY;
	}

	/**
	 * Returns how many attempts fail by themselves.
	 */
	public int failures(long number) {
		return switch (this) {
			case FAILING, UNDONE -> 1 + (int) (number % 2);
			case HOPELESS -> HOPELESS_ATTEMPTS;
			default -> 0;
		};
	}

	/**
	 * Returns how many starts take the process down.
	 */
	public int crashes(long number) {
		return switch (this) {
			case CRASHING -> 1 + (int) (number % 2);
			case DEADLY -> Integer.MAX_VALUE;
			default -> 0;
		};
	}

	/**
	 * Returns how long the handler works.
	 */
	public Duration work(long number) {
		return switch (this) {
			case SLOW -> between(number, Duration.ofMillis(500), Duration.ofSeconds(5));
			case UNIQUE -> between(number, Duration.ofMillis(20), Duration.ofMillis(300));
			case TRANSACTIONAL, UNDONE -> between(number, Duration.ZERO, Duration.ofMillis(60));
			default -> Duration.ZERO;
		};
	}

	/**
	 * Returns how long the job waits before it is due.
	 */
	public Duration delay(long number) {
		return (this == DELAYED) ? between(number, Duration.ofSeconds(1), LONGEST_DELAY) : Duration.ZERO;
	}

	private static Duration between(long number, Duration least, Duration most) {
		long range = most.minus(least).toMillis();
		return least.plusMillis(Math.floorMod(number * 7_919, range));
	}

}
