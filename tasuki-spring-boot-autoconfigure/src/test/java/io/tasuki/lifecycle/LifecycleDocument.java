package io.tasuki.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/lifecycle.md} says, for the tests that hold it to that. */
final class LifecycleDocument {

	private static final Path FILE = Path.of("..", "docs", "lifecycle.md");

	private static final Pattern BLOCK = Pattern.compile("```lifecycle\n(.*?)```", Pattern.DOTALL);

	private static final Pattern ARROW = Pattern.compile("(([\\w-]+) --([a-z ]+)--> ([\\w-]+)) +(.+)");

	private static final String CHARGES = "## What each ending charges";

	private LifecycleDocument() {
	}

	static List<Arrow> arrows() {
		MatchResult block = BLOCK.matcher(read()).results().findFirst().orElseThrow();
		return block.group(1).lines().map(LifecycleDocument::arrow).toList();
	}

	private static Arrow arrow(String line) {
		MatchResult arrow = ARROW.matcher(line)
			.results()
			.filter((match) -> match.group().equals(line))
			.findFirst()
			.orElseThrow(() -> new AssertionError("Not an arrow: " + line));
		return new Arrow(arrow.group(1), arrow.group(2), arrow.group(4), List.of(arrow.group(5).split(", ")));
	}

	/** Returns the words of each row of the table of charges, by its first column. */
	static Map<String, List<String>> charges() {
		String text = read();
		Map<String, List<String>> charges = new LinkedHashMap<>();
		text.substring(text.indexOf(CHARGES))
			.lines()
			.filter((line) -> line.startsWith("| "))
			.skip(1)
			.map((line) -> Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList())
			.forEach((cells) -> charges.put(cells.get(0), cells.subList(1, cells.size())));
		return charges;
	}

	private static String read() {
		try {
			return Files.readString(FILE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A way from one state to another, and the classes that go it. */
	record Arrow(String text, String from, String to, List<String> classes) {

		@Override
		public String toString() {
			return this.text;
		}

	}

}
