package io.tasuki.benchmarks.soak.ledger;

import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunFileTests {

	@Test
	void joinsStartAndEndOfEachRun() {
		assertThat(RunFile.parse(
				Stream.of("start 1 1000000 11 22 1", "start 2 1500000 12 23 3", "failed 2 1700000", "done 1 2000000"),
				7))
			.containsExactlyInAnyOrder(new Run(7, 11, 22, 1, Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), true),
					new Run(7, 12, 23, 3, Instant.ofEpochMilli(1_500), Instant.ofEpochMilli(1_700), false));
	}

	@Test
	void keepsRunsWhoseProcessDied() {
		assertThat(RunFile.parse(Stream.of("start 1 1000000 11 22 1"), 7))
			.containsExactly(new Run(7, 11, 22, 1, Instant.ofEpochSecond(1), null, false));
	}

}
