package io.tasuki.client;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.tasuki.Names;
import org.jspecify.annotations.Nullable;

/**
 * What all jobs of one call carry beside their own metadata. Never a reason to refuse
 * one: what does not fit stays behind.
 */
final class Carried {

	/** Most characters, names and values together. */
	static final int MAX_LENGTH = 4_000;

	/** What a call carries that nobody intercepts. */
	static final Carried NOTHING = new Carried();

	private final Map<String, String> entries = new HashMap<>(4);

	private int length;

	// Written once for a batch, most jobs of which have no metadata of their own.
	private @Nullable String alone;

	void put(String name, String value) {
		int length = this.length + name.length() + value.length();
		if (length <= MAX_LENGTH && isName(name) && isStorable(value)) {
			this.entries.put(name, value);
			this.length = length;
		}
	}

	private static boolean isName(String name) {
		return !name.isBlank() && name.length() <= Names.MAX_LENGTH && isStorable(name)
				&& name.chars().noneMatch(Character::isISOControl);
	}

	/**
	 * PostgreSQL takes no U+0000, and nothing that has no UTF-8.
	 */
	private static boolean isStorable(String text) {
		boolean plain = true;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\0') {
				return false;
			}
			plain = plain && !Character.isSurrogate(c);
		}
		return plain || StandardCharsets.UTF_8.newEncoder().canEncode(text);
	}

	/**
	 * Returns the metadata to store of a job that has this of its own, as JSON;
	 * {@code null} for nothing.
	 */
	@Nullable String with(Map<String, String> own, Function<Map<String, String>, @Nullable String> writer) {
		if (this.entries.isEmpty()) {
			return writer.apply(own);
		}
		if (own.isEmpty()) {
			if (this.alone == null) {
				this.alone = writer.apply(this.entries);
			}
			return this.alone;
		}
		return writer.apply(fits(own) ? merged(own) : own);
	}

	private boolean fits(Map<String, String> own) {
		int length = this.length;
		for (Map.Entry<String, String> entry : own.entrySet()) {
			length += entry.getKey().length() + entry.getValue().length();
		}
		return length <= Names.MAX_METADATA_LENGTH;
	}

	private Map<String, String> merged(Map<String, String> own) {
		Map<String, String> merged = new HashMap<>(own);
		merged.putAll(this.entries);
		return merged;
	}

}
