package io.tasuki.client;

import java.util.Map;

import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a job carries as JSON, unless it is invalid or the database would not take
 * it, and reads what it came to.
 */
public final class PayloadWriter {

	private final PayloadSerializer serializer;

	private final PayloadValidator validator;

	private final PayloadCheck check;

	/**
	 * Creates a writer.
	 * @param validator sees each payload before it is written
	 * @param maxBytes largest payload, as JSON in UTF-8, at least 1
	 */
	public PayloadWriter(PayloadSerializer serializer, PayloadValidator validator, long maxBytes) {
		this.serializer = serializer;
		this.validator = validator;
		this.check = new PayloadCheck(maxBytes);
	}

	@Nullable String write(@Nullable Object payload, String kind, String queue) {
		if (payload == null) {
			return null;
		}
		String json = writeValid(payload, kind, queue);
		this.check.check(json, kind, queue);
		return json;
	}

	private String writeValid(Object payload, String kind, String queue) {
		try {
			this.validator.validate(payload);
		}
		catch (PayloadException ex) {
			throw new PayloadException("The payload of a job of kind '%s' for queue '%s' is not valid: %s"
				.formatted(kind, queue, ex.getMessage()), ex);
		}
		try {
			return this.serializer.serialize(payload);
		}
		catch (PayloadException ex) {
			throw new PayloadException("The payload of a job of kind '%s' for queue '%s' cannot be written as JSON: %s"
				.formatted(kind, queue, ex.getMessage()), ex);
		}
	}

	<T> T readResult(String json, Class<T> type) {
		return type.cast(this.serializer.deserialize(json, type));
	}

	@Nullable String writeMetadata(Map<String, String> metadata) {
		return metadata.isEmpty() ? null : this.serializer.serialize(metadata);
	}

}
