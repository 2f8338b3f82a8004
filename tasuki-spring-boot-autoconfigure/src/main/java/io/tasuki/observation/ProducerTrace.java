package io.tasuki.observation;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where in which trace a job was enqueued. A tracer reads that only to continue it; for a
 * link it is read here, from the formats that Spring Boot knows.
 *
 * @param traceId of 16 or 32 hexadecimal digits
 * @param spanId of 16 hexadecimal digits
 * @param sampled whether the producer's trace is kept
 */
record ProducerTrace(String traceId, String spanId, boolean sampled) {

	private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{16}|[0-9a-f]{32}");

	private static final Pattern SPAN_ID = Pattern.compile("[0-9a-f]{16}");

	/**
	 * Reads what a job carries.
	 * @return {@code null} if it carries nothing that can be read
	 */
	static @Nullable ProducerTrace of(Map<String, String> metadata) {
		String w3c = metadata.get(CarriedTrace.PREFIX + "traceparent");
		if (w3c != null) {
			String[] parts = w3c.split("-");
			return (parts.length > 3) ? checked(parts[1], parts[2], parts[3].endsWith("1")) : null;
		}
		String b3 = metadata.get(CarriedTrace.PREFIX + "b3");
		if (b3 != null) {
			String[] parts = b3.split("-");
			return (parts.length > 1) ? checked(parts[0], parts[1], parts.length < 3 || !parts[2].equals("0")) : null;
		}
		return checked(metadata.get(CarriedTrace.PREFIX + "X-B3-TraceId"),
				metadata.get(CarriedTrace.PREFIX + "X-B3-SpanId"),
				!"0".equals(metadata.get(CarriedTrace.PREFIX + "X-B3-Sampled")));
	}

	private static @Nullable ProducerTrace checked(@Nullable String traceId, @Nullable String spanId, boolean sampled) {
		if (traceId == null || spanId == null) {
			return null;
		}
		boolean readable = TRACE_ID.matcher(traceId).matches() && SPAN_ID.matcher(spanId).matches();
		return readable ? new ProducerTrace(traceId, spanId, sampled) : null;
	}

}
