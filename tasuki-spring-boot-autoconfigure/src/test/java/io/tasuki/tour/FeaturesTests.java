package io.tasuki.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The table in docs/features.md has a row for each behaviour, and its tests exist. */
class FeaturesTests {

	private static final Path PAGE = Path.of("../docs/features.md");

	private static final Pattern ROW = Pattern.compile("^\\| (B\\d+|Batches) \\|.*\\| ([^|]*) \\|$", Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

	private static final Map<String, Path> SOURCES = sources();

	@Test
	void hasARowForEachBehaviour() {
		Stream<String> numbers = IntStream.rangeClosed(1, 56).mapToObj((number) -> "B" + number);
		assertThat(rows().map(Row::behaviour).filter((behaviour) -> !behaviour.equals("Batches")))
			.containsExactlyElementsOf(numbers.toList());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void namesTestsThatName(Row row) {
		Matcher tests = TEST.matcher(row.tests());
		assertThat(row.tests().equals("open") || tests.find()).as("%s names a test, or is open", row).isTrue();
		tests.reset();
		while (tests.find()) {
			assertThat(SOURCES).as(row.toString()).containsKey(tests.group(1));
			assertThat(declaration(tests.group(1), tests.group(2))).as("%s.%s", tests.group(1), tests.group(2))
				.containsPattern("\\b%s\\b".formatted(row.behaviour()));
		}
	}

	static Stream<Row> rows() {
		return ROW.matcher(read(PAGE)).results().map((row) -> new Row(row.group(1), row.group(2)));
	}

	/** The line that declares the method, with the annotations before it. */
	private static String declaration(String type, String method) {
		Matcher declaration = Pattern
			.compile("(?:^\\t@.*\\n(?:^\\t\\t.*\\n)*)*^\\t(?:public )?void %s\\(.*$".formatted(method),
					Pattern.MULTILINE)
			.matcher(read(SOURCES.get(type)));
		assertThat(declaration.find()).as("%s.%s", type, method).isTrue();
		return declaration.group();
	}

	private static Map<String, Path> sources() {
		try (Stream<Path> files = Files.walk(Path.of(".."))) {
			return files
				.filter((file) -> file.toString().contains("src/test/java") && file.toString().endsWith(".java"))
				.filter((file) -> !file.endsWith("package-info.java"))
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""),
						Function.identity(), (one, other) -> one));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A line of the table.
	 *
	 * @param tests names of tests, or "open"
	 */
	record Row(String behaviour, String tests) {

		@Override
		public String toString() {
			return this.behaviour;
		}

	}

}
