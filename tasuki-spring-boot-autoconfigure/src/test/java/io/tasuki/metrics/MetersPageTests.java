package io.tasuki.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table in docs/metrics.md is made from the list of meters. */
class MetersPageTests {

	private static final Path PAGE = Path.of("../docs/metrics.md");

	@Test
	void hasTheTableOfAllMeters() throws IOException { // B52
		assertThat(Files.readString(PAGE)).as("replace the table in docs/metrics.md by this one").contains(table());
	}

	private static String table() {
		return Stream.of(TasukiMeter.values())
			.map(MetersPageTests::row)
			.collect(Collectors.joining("\n", "| Meter | Type | Tags | |\n|---|---|---|---|\n", "\n"));
	}

	private static String row(TasukiMeter meter) {
		String tags = meter.tagKeys().stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
		return "| `%s` | %s | %s | %s |".formatted(meter.meterName(), meter.type().name().toLowerCase(Locale.ROOT),
				tags, meter.description());
	}

}
