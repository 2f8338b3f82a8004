package io.tasuki.jackson;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
import io.tasuki.UnreadablePayloadException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads as JSON by Jackson, by the rules of the given mapper. Safe for use by many
 * threads.
 */
public final class JacksonPayloadSerializer implements PayloadSerializer {

	private static final String JSON_NULL = "null";

	private final JsonMapper mapper;

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	/**
	 * Creates a serializer.
	 * @param mapper writes and reads, but for its default typing, which is left out, and
	 * for class names that annotations ask for, which are refused: a stored text names no
	 * class to load
	 */
	public JacksonPayloadSerializer(JsonMapper mapper) {
		this.mapper = mapper.rebuild().deactivateDefaultTyping().addModule(NoClassNames.module()).build();
	}

	@Override
	public String serialize(Object payload) {
		String json = write(payload);
		if (json.equals(JSON_NULL)) {
			throw new PayloadException(
					"A payload of type %s was written as JSON null, from which it cannot be read back"
						.formatted(payload.getClass().getTypeName()));
		}
		return json;
	}

	private String write(Object payload) {
		try {
			return this.mapper.writeValueAsString(payload);
		}
		catch (JacksonException ex) {
			throw new PayloadException("Cannot write a payload of type %s as JSON: %s"
				.formatted(payload.getClass().getTypeName(), reason(ex)), ex);
		}
	}

	@Override
	public Object deserialize(String json, Type type) {
		Object payload = read(json, type);
		if (payload == null) {
			throw new UnreadablePayloadException("Cannot read JSON null as a payload of type " + type.getTypeName());
		}
		return payload;
	}

	private @Nullable Object read(String json, Type type) {
		try {
			return reader(type).readValue(json);
		}
		catch (JacksonException ex) {
			throw new UnreadablePayloadException(
					"Cannot read the payload as %s: %s".formatted(type.getTypeName(), reason(ex)), ex);
		}
	}

	// There are as many types as parameters of handlers.
	private ObjectReader reader(Type type) {
		return this.readers.computeIfAbsent(type, (read) -> this.mapper.readerFor(this.mapper.constructType(read)));
	}

	// The full message would add where in the text the error lies, with some of the text.
	private static String reason(JacksonException ex) {
		String path = ex.getPathReference();
		return path.isEmpty() ? ex.getOriginalMessage() : "%s (at %s)".formatted(ex.getOriginalMessage(), path);
	}

}
