package io.tasuki;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What may be a kind, a queue's name, a unique key, a label or metadata: the rules stand
 * here once, for requests, handlers and configuration.
 */
public final class Names {

	/** Longest kind and longest queue name, in characters. */
	public static final int MAX_LENGTH = 128;

	/** Longest unique key, in characters. */
	public static final int MAX_UNIQUE_KEY_LENGTH = 512;

	/** Longest label, in characters. */
	public static final int MAX_LABEL_LENGTH = 256;

	/** Longest metadata, in characters, names and values together. */
	public static final int MAX_METADATA_LENGTH = 10_000;

	/** Latest moment a job can be asked to wait for. */
	public static final Instant LATEST_RUN_AT = Instant.parse("9999-12-31T23:59:59Z");

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

	/**
	 * Accepts {@code null} and any unique key a job may have.
	 * @throws IllegalArgumentException if the key is blank, too long or contains a
	 * control character
	 */
	public static void checkUniqueKey(@Nullable String uniqueKey) {
		check("Unique key", uniqueKey, MAX_UNIQUE_KEY_LENGTH);
	}

	/**
	 * Accepts {@code null} and any label a job may have.
	 * @throws IllegalArgumentException if the label is blank, too long or contains a
	 * control character
	 */
	public static void checkLabel(@Nullable String label) {
		check("Label", label, MAX_LABEL_LENGTH);
	}

	/**
	 * Accepts any metadata a job may have.
	 * @throws IllegalArgumentException if a name is blank, too long or contains a control
	 * character, or if all of it together is too long
	 */
	public static void checkMetadata(Map<String, String> metadata) {
		long length = 0;
		for (Map.Entry<String, String> entry : metadata.entrySet()) {
			check("Name in metadata", entry.getKey(), MAX_LENGTH);
			if (entry.getValue().indexOf('\0') >= 0) {
				throw new IllegalArgumentException(
						"Metadata must not contain the character U+0000, as '%s' does".formatted(entry.getKey()));
			}
			length += entry.getKey().length() + entry.getValue().length();
		}
		if (length > MAX_METADATA_LENGTH) {
			throw new IllegalArgumentException(
					"Metadata must have at most %d characters, names and values together, not %d: large data belongs in the payload, or in a table of your own"
						.formatted(MAX_METADATA_LENGTH, length));
		}
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
