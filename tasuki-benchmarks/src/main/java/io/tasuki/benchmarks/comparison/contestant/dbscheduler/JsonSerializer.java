package io.tasuki.benchmarks.comparison.contestant.dbscheduler;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Payloads as JSON by the Jackson that Spring Boot brings; the library's own
 * {@code JacksonSerializer} needs Jackson 2.
 */
final class JsonSerializer implements Serializer {

	private final JsonMapper mapper = new JsonMapper();

	@Override
	public byte[] serialize(Object data) {
		return this.mapper.writeValueAsBytes(data);
	}

	@Override
	public <T> T deserialize(Class<T> type, byte[] data) {
		return this.mapper.readValue(data, type);
	}

}
