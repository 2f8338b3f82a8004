package io.tasuki;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What may be a kind, a queue's name or a unique key: the rules stand here once, for
 * requests, handlers and configuration.
 */
public final class Names {

	/** Longest kind and longest queue name, in characters. */
	public static final int MAX_LENGTH = 128;

	/** Longest unique key, in characters. */
	public static final int MAX_UNIQUE_KEY_LENGTH = 512;

	/** Latest moment a job can be asked to wait for. */
	static final Instant LATEST_RUN_AT = Instant.parse("9999-12-31T23:59:59Z");

	private Names() {
	}

	/**
	 * Accepts {@code null} and any name a kind may have.
	 * @throws IllegalArgumentException if the name is blank, too long or contains a
	 * control character
	 */
	public static void checkKind(@Nullable String kind) {
		check("Kind", kind, MAX_LENGTH);
	}

	/**
	 * Accepts {@code null} and any name a queue may have.
	 * @throws IllegalArgumentException if the name is blank, too long or contains a
	 * control character
	 */
	public static void checkQueue(@Nullable String queue) {
		check("Queue name", queue, MAX_LENGTH);
	}

	static void checkUniqueKey(@Nullable String uniqueKey) {
		check("Unique key", uniqueKey, MAX_UNIQUE_KEY_LENGTH);
	}

	private static void check(String what, @Nullable String name, int maxLength) {
		if (name == null) {
			return;
		}
		if (name.isBlank()) {
			throw new IllegalArgumentException(what + " must not be blank");
		}
		if (name.length() > maxLength) {
			throw new IllegalArgumentException("%s must have at most %d characters, but '%s…' has %d".formatted(what,
					maxLength, name.substring(0, 40), name.length()));
		}
		if (name.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					what + " must not contain control characters: '" + name.replaceAll("\\p{Cntrl}", "\uFFFD") + "'");
		}
	}

}
