package io.tasuki.observation;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProducerTraceTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private static final String SPAN = "b7ad6b7169203331";

	@Test
	void readsTheFormatsOfTracers() { // B53
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.traceparent", "00-" + TRACE + "-" + SPAN + "-01")))
			.isEqualTo(new ProducerTrace(TRACE, SPAN, true));
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.traceparent", "00-" + TRACE + "-" + SPAN + "-00")))
			.isEqualTo(new ProducerTrace(TRACE, SPAN, false));
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.b3", TRACE.substring(16) + "-" + SPAN)))
			.isEqualTo(new ProducerTrace(TRACE.substring(16), SPAN, true));
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.b3", TRACE + "-" + SPAN + "-0")))
			.isEqualTo(new ProducerTrace(TRACE, SPAN, false));
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.X-B3-TraceId", TRACE, "tasuki.trace.X-B3-SpanId", SPAN)))
			.isEqualTo(new ProducerTrace(TRACE, SPAN, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-x-y-01", "00-" + TRACE + "-" + SPAN, "00-" + TRACE + "--01",
			"00-" + SPAN + "-" + TRACE + "-01" })
	void readsNothingElse(String traceparent) { // B53
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.traceparent", traceparent))).isNull();
		assertThat(ProducerTrace.of(Map.of("tasuki.trace.b3", traceparent))).isNull();
		assertThat(ProducerTrace.of(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"))).isNull();
	}

}
