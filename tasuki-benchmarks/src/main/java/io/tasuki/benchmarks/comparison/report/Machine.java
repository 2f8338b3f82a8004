package io.tasuki.benchmarks.comparison.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Java does not say about where it runs. A report without it is still a report, so
 * nothing here fails.
 */
final class Machine {

	private static final String UNKNOWN = "unknown";

	private Machine() {
	}

	static String commit() {
		String commit = git("rev-parse", "--short=12", "HEAD");
		if (commit.isEmpty()) {
			return UNKNOWN;
		}
		return (git("status", "--porcelain", "--untracked-files=no").isEmpty()) ? commit : commit + " with changes";
	}

	private static String git(String... arguments) {
		List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
		try {
			Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			git.getOutputStream().close();
			String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return (git.waitFor() == 0) ? output.strip() : "";
		}
		catch (IOException ex) {
			return "";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
	}

	static String processor() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(UNKNOWN);
		}
		catch (IOException ex) {
			return UNKNOWN;
		}
	}

}
