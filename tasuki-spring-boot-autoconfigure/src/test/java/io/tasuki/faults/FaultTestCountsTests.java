package io.tasuki.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import io.tasuki.faults.FaultTestCounts.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTestCountsTests {

	@Test
	void addsWhatTheJvmsOfABuildSaidLast(@TempDir Path folder) {
		FaultTestCounts first = new FaultTestCounts(folder.resolve("counts"), "1");
		FaultTestCounts second = new FaultTestCounts(folder.resolve("counts"), "2");
		assertThat(first.write(count(1, 1, 5))).isEqualTo(count(1, 1, 5));
		assertThat(second.write(count(3, 2, 5, 12))).isEqualTo(count(4, 3, 5, 12));
		assertThat(first.write(count(2, 2, 5, 1))).isEqualTo(count(5, 4, 1, 5, 12));
	}

	private static Count count(int run, int passed, Integer... situations) {
		return new Count(run, passed, new TreeSet<>(List.of(situations)));
	}

}
