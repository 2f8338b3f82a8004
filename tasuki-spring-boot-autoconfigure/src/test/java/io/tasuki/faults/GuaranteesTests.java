package io.tasuki.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/guarantees.md promises is shown by the tests it names. */
class GuaranteesTests {

	private static final Path GUARANTEES = Path.of("..", "docs", "guarantees.md");

	private static final Pattern NAME = Pattern.compile("`([^`]+)`");

	@Test
	void everyPromiseNamesTestsThatExist() throws IOException {
		List<String> tests = DisplayNames.ofIntegrationTests();
		List<String> promises = Files.readAllLines(GUARANTEES)
			.stream()
			.dropWhile((line) -> !line.equals("| Promise | By which mechanism | Shown by |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.toList();
		assertThat(promises).hasSizeGreaterThan(10).allSatisfy((promise) -> {
			List<String> names = NAME.matcher(promise.split("\\|")[3])
				.results()
				.map((match) -> match.group(1))
				.toList();
			assertThat(names).isNotEmpty()
				.allSatisfy((name) -> assertThat(tests).anySatisfy((test) -> assertThat(test).startsWith(name)));
		});
	}

}
