package io.tasuki.benchmarks.comparison.process;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UsageTests {

	@Test
	void threadThatEndedTakesNothingAwayAndNewOneCountsAsAWhole() {
		Usage before = new Usage(0, 0, Map.of(1L, 100L, 2L, 5_000L));
		Usage after = new Usage(0, 0, Map.of(1L, 130L, 3L, 7L));
		assertThat(after.allocatedSince(before)).isEqualTo(37);
		assertThat(after.threads()).isEqualTo(2);
	}

}
