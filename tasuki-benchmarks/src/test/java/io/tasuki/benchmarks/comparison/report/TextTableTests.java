package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextTableTests {

	@Test
	void alignsTextLeftAndNumbersRight() {
		TextTable table = new TextTable(List.of("who", "median jobs/s"), 1,
				List.of(List.of("tasuki", "76,543"), List.of("bare", "8")));
		assertThat(table.lines()).containsExactly( //
				"| who    | median jobs/s |", //
				"|--------|--------------:|", //
				"| tasuki |        76,543 |", //
				"| bare   |             8 |");
	}

}
