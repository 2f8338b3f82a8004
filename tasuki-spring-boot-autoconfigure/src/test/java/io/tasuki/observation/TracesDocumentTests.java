package io.tasuki.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table in docs/traces.md has a row for each key. */
class TracesDocumentTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| `([\\w.]+)` \\| (low|high) \\| .+ \\|$",
			Pattern.MULTILINE);

	@Test
	void describesEveryKeyOfEveryObservation() throws IOException {
		List<String> rows = ROW.matcher(Files.readString(Path.of("../docs/traces.md")))
			.results()
			.map((row) -> "%s %s %s".formatted(row.group(1), row.group(2), row.group(3)))
			.toList();
		assertThat(rows).containsExactlyElementsOf(
				Stream
					.concat(keys("tasuki.enqueue", TasukiObservation.ENQUEUE),
							keys("tasuki.process", TasukiObservation.PROCESS))
					.toList());
	}

	private static Stream<String> keys(String name, TasukiObservation observation) {
		return Stream.concat(keys(name, observation.getLowCardinalityKeyNames(), "low"),
				keys(name, observation.getHighCardinalityKeyNames(), "high"));
	}

	private static Stream<String> keys(String name, KeyName[] keys, String cardinality) {
		return Arrays.stream(keys).map((key) -> "%s %s %s".formatted(name, key.asString(), cardinality));
	}

}
