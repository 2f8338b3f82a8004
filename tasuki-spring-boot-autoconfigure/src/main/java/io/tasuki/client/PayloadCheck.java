package io.tasuki.client;

import io.tasuki.JsonText;
import io.tasuki.PayloadException;

/**
 * Refuses JSON that the database would refuse, or that is too large to be wise.
 */
final class PayloadCheck {

	private static final int MOST_BYTES_OF_A_CHAR = 3;

	private final long maxBytes;

	PayloadCheck(long maxBytes) {
		if (maxBytes < 1) {
			throw new IllegalArgumentException("Max payload size must be at least 1 byte, not " + maxBytes);
		}
		this.maxBytes = maxBytes;
	}

	void check(String json, String kind, String queue) {
		if (json.length() > this.maxBytes / MOST_BYTES_OF_A_CHAR) {
			checkBytes(json, kind, queue);
		}
		if (JsonText.containsNul(json)) {
			throw new PayloadException("""
					The payload of a job of kind '%s' for queue '%s' contains the character U+0000, which PostgreSQL \
					cannot store in JSON. Remove it, or encode binary data as Base64""".formatted(kind, queue));
		}
	}

	private void checkBytes(String json, String kind, String queue) {
		long bytes = utf8Length(json);
		if (bytes > this.maxBytes) {
			throw new PayloadException("""
					The payload of a job of kind '%s' for queue '%s' has %d bytes as JSON, more than the %d that \
					'tasuki.client.max-payload-size' allows. Store large data in a table or an object store of your \
					own and enqueue a reference to it, or raise that property""".formatted(kind, queue, bytes,
					this.maxBytes));
		}
	}

	private static long utf8Length(String text) {
		long bytes = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			// Each half of a surrogate pair counts two of the four bytes.
			bytes += (c < 0x80) ? 1 : (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
		}
		return bytes;
	}

}
