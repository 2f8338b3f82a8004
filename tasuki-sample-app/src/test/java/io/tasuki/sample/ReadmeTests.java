package io.tasuki.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README shows is what the sample compiles.
 */
class ReadmeTests {

	private static final Path README = Path.of("..", "README.md");

	private static final Path SOURCES = Path.of("src/main/java/io/tasuki/sample");

	private static final Pattern QUOTE = Pattern.compile("<!-- from (\\S+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);

	private static final Pattern TAGGED = Pattern.compile("// tag::\\w+\\[]\n(.*?)\n// end::\\w+\\[]", Pattern.DOTALL);

	@Test
	void quotesItsCodeFromTheSample() throws IOException {
		List<MatchResult> quotes = QUOTE.matcher(Files.readString(README)).results().toList();
		assertThat(quotes).hasSize(3);
		for (MatchResult quote : quotes) {
			assertThat(quote.group(2)).isEqualTo(tagged(SOURCES.resolve(quote.group(1))));
		}
	}

	@Test
	void showsNoOtherJava() throws IOException {
		String readme = Files.readString(README);
		assertThat(Pattern.compile("^```java$", Pattern.MULTILINE).matcher(readme).results().count())
			.isEqualTo(QUOTE.matcher(readme).results().count());
	}

	@Test
	void namesThePictureThatIsThere() throws IOException {
		assertThat(Files.readString(README))
			.contains("curl -F file=@tasuki-sample-app/sample.jpg http://localhost:8080/photos");
		assertThat(Path.of("sample.jpg")).isRegularFile();
	}

	private static String tagged(Path source) throws IOException {
		Matcher matcher = TAGGED.matcher(Files.readString(source));
		assertThat(matcher.find()).as("tag in %s", source).isTrue();
		return matcher.group(1).replace("\t", "    ");
	}

}
