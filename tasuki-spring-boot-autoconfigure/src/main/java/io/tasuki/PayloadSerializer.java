package io.tasuki;

import java.lang.reflect.Type;

/**
 * Writes payloads as JSON and reads them back. The type to read comes from the handler,
 * never from the stored text.
 */
public interface PayloadSerializer {

	/**
	 * Writes a payload as JSON.
	 * @throws PayloadException if it cannot be written
	 */
	String serialize(Object payload);

	/**
	 * Reads a payload.
	 * @param json what {@link #serialize} once wrote, perhaps with an older class
	 * @param type what to read it as
	 * @throws UnreadablePayloadException if it cannot be read as that type
	 */
	Object deserialize(String json, Type type);

}
