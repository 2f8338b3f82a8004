package io.tasuki.benchmarks.comparison.workload;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitsTests {

	@Test
	void percentileIsTheWaitThatSoManyJobsDoNotExceed() {
		Waits waits = new Waits(LongStream.rangeClosed(1, 1000).map((wait) -> 1001 - wait).toArray());
		assertThat(waits.percentile(50)).isEqualTo(0.5);
		assertThat(waits.percentile(99)).isEqualTo(0.99);
		assertThat(waits.percentile(100)).isEqualTo(1);
	}

	@Test
	void percentileBetweenTwoWaitsIsTheLongerOne() {
		assertThat(new Waits(1_000, 2_000, 3_000).percentile(50)).isEqualTo(2);
	}

	@Test
	void percentileOfOneJobIsItsWait() {
		assertThat(new Waits(7_000).percentile(50)).isEqualTo(7);
		assertThat(new Waits(7_000).percentile(0)).isEqualTo(7);
	}

	@Test
	void jobThatStartedBeforeItsCommitReturnedDidNotWait() {
		Waits waits = new Waits(-300, -200, -100, 500);
		assertThat(waits.percentile(50)).isZero();
		assertThat(waits.percentile(100)).isEqualTo(0.5);
		assertThat(waits.earlyPart()).isEqualTo(0.75);
	}

}
