package io.tasuki.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What docs/operations.md shows: calls with their answers, and lines of the log.
 *
 * @param calls from top to bottom
 * @param logLines from top to bottom
 */
record OperationsPage(List<Call> calls, List<String> logLines) {

	private static final Path PAGE = Path.of("..", "docs", "operations.md");

	private static final Pattern BLOCK = Pattern.compile("```\\w*\\n(.*?)\\n```", Pattern.DOTALL);

	private static final Pattern COMMAND = Pattern.compile("^(?:\\$ )?(curl .*)$", Pattern.MULTILINE);

	private static final Pattern LOG_LINE = Pattern.compile("^\\d{4}-\\S+ +[A-Z]+ .+$", Pattern.MULTILINE);

	static OperationsPage read() {
		List<Call> calls = new ArrayList<>();
		List<String> logLines = new ArrayList<>();
		for (MatchResult block : BLOCK.matcher(text()).results().toList()) {
			calls.addAll(calls(block.group(1).replaceAll("\\\\\\n\\s*", "")));
			LOG_LINE.matcher(block.group(1)).results().map(MatchResult::group).forEach(logLines::add);
		}
		return new OperationsPage(calls, logLines);
	}

	private static String text() {
		try {
			return Files.readString(PAGE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Call> calls(String block) {
		List<MatchResult> commands = COMMAND.matcher(block).results().toList();
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < commands.size(); i++) {
			int end = (i + 1 < commands.size()) ? commands.get(i + 1).start() : block.length();
			calls.add(Call.of(commands.get(i).group(1), block.substring(commands.get(i).end(), end).strip()));
		}
		return calls;
	}

	/**
	 * A call of curl.
	 *
	 * @param post whether it changes something
	 * @param path with its query
	 * @param body what is sent; empty for nothing
	 * @param filter what picks a part of the answer; empty for all of it
	 * @param answer what is shown of the answer; empty for nothing
	 */
	record Call(boolean post, String path, String body, String filter, String answer) {

		private static final Pattern ADDRESS = Pattern.compile("'?localhost:8080(/[^' ]+)'?");

		private static final Pattern BODY = Pattern.compile("-d '([^']*)'");

		private static final Pattern NAME = Pattern.compile("(?<![\\w\"])\\.(\\w+)");

		static Call of(String command, String answer) {
			String[] parts = command.split(" \\| ", 2);
			return new Call(parts[0].contains("-X POST"), group(ADDRESS, parts[0]), group(BODY, parts[0]),
					(parts.length > 1) ? parts[1] : "", answer);
		}

		private static String group(Pattern pattern, String text) {
			Matcher matcher = pattern.matcher(text);
			return (matcher.find()) ? matcher.group(1) : "";
		}

		/** Returns the fields that jq is to pick. */
		Stream<String> filteredNames() {
			return (this.filter.startsWith("jq ")) ? NAME.matcher(this.filter).results().map((name) -> name.group(1))
					: Stream.empty();
		}

		Stream<String> lines() {
			return Arrays.stream(this.answer.split("\\n")).filter((line) -> !line.isBlank());
		}

		@Override
		public String toString() {
			return "%s %s %s".formatted((this.post) ? "POST" : "GET", this.path, this.filter);
		}

	}

}
