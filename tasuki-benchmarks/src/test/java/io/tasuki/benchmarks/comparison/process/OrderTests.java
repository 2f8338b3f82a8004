package io.tasuki.benchmarks.comparison.process;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class OrderTests {

	private final JsonMapper json = JsonMapper.shared();

	static Stream<Order<?>> orders() {
		return Stream.of(new CreateTables(), new CreateBusinessTable(), new Preload(1, 2, 100), new StartWorking(),
				new StopWorking(), new CountRuns(), new AskIsEmpty(), new CountUnfinished(),
				new EnqueueFor(Way.ONE_BY_ONE, 1, 8, 1, 100, 0), new EnqueueAtPace(Way.TOGETHER, 1, 100, 0.5, 2, 10),
				new EnqueueInto("short", 1, 2), new WriteTrace(Path.of("/a folder/trace \"1\""), 1, 2),
				new ReadUsage(true), new CountRoundTrips(Way.WITH_BUSINESS, 1, 2));
	}

	@ParameterizedTest
	@MethodSource("orders")
	void passesThroughALineOfJson(Order<?> order) {
		String line = this.json.writeValueAsString(order);
		assertThat(line).doesNotContain("\n");
		assertThat(this.json.readValue(line, Order.class)).isEqualTo(order);
	}

	@Test
	void everyOrderIsTried() {
		JsonSubTypes types = Order.class.getAnnotation(JsonSubTypes.class);
		assertThat(orders().map(Object::getClass)).containsExactlyInAnyOrderElementsOf(
				Arrays.stream(types.value()).<Class<?>>map((type) -> type.value()).toList());
	}

}
