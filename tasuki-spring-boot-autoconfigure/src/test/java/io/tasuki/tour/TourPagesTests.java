package io.tasuki.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages show is what the tour's tests run. */
class TourPagesTests {

	private static final Path PAGES = Path.of("../docs");

	private static final Path TOUR = Path.of("src/test/java/io/tasuki/tour");

	private static final Pattern QUOTE = Pattern.compile("<!-- code: (\\w+)#([\\w-]+) -->\\s*```java\\n(.*?)```",
			Pattern.DOTALL);

	private static final Pattern TAG = Pattern.compile("// tag::([\\w-]+)\\[\\]");

	@ParameterizedTest
	@MethodSource("quotes")
	void showsTheCodeThatATestRuns(Quote quote) {
		assertThat(quote.code()).as(quote.toString()).isEqualTo(tagged(quote.type(), quote.tag()));
	}

	@Test
	void quotesEveryTaggedPieceOfCode() {
		List<String> quoted = quotes().map((quote) -> quote.type() + "#" + quote.tag()).toList();
		assertThat(files(TOUR, ".java").flatMap(TourPagesTests::tags)).isNotEmpty().isSubsetOf(quoted);
	}

	static Stream<Quote> quotes() {
		return files(PAGES, ".md").flatMap((page) -> QUOTE.matcher(read(page))
			.results()
			.map((quote) -> new Quote(page.getFileName().toString(), quote.group(1), quote.group(2), quote.group(3))));
	}

	private static Stream<String> tags(Path source) {
		String type = source.getFileName().toString().replace(".java", "");
		return TAG.matcher(read(source)).results().map((tag) -> type + "#" + tag.group(1));
	}

	private static String tagged(String type, String tag) {
		Matcher piece = Pattern
			.compile("// tag::%s\\[\\]\\n(.*?)[ \\t]*// end::%s\\[\\]".formatted(tag, tag), Pattern.DOTALL)
			.matcher(read(TOUR.resolve(type + ".java")));
		assertThat(piece.find()).as("the piece '%s' of %s", tag, type).isTrue();
		return piece.group(1).stripTrailing().stripIndent() + "\n";
	}

	private static Stream<Path> files(Path folder, String ending) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(ending)).sorted().toList().stream();
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
	 * Code that a page shows.
	 *
	 * @param type name of the class it is from
	 * @param tag name of the piece
	 */
	record Quote(String page, String type, String tag, String code) {

		@Override
		public String toString() {
			return "%s: %s#%s".formatted(this.page, this.type, this.tag);
		}

	}

}
