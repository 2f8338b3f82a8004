package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PlotScaleTests {

	@Test
	void beginsAtZeroWhereContestantsAreNear() {
		PlotScale scale = PlotScale.of(List.of(Samples.drain("a", 100), Samples.drain("b", 1_900)));
		assertThat(scale.logarithmic()).isFalse();
		assertThat(scale.floor()).isZero();
	}

	@Test
	void isLogarithmicFromADecadeBelowTheSmallestWhereContestantsLieFarApart() {
		PlotScale scale = PlotScale.of(List.of(Samples.drain("a", 1_874), Samples.drain("b", 80_000)));
		assertThat(scale.logarithmic()).isTrue();
		assertThat(scale.floor()).isEqualTo(1_000, within(1e-6));
	}

	@Test
	void isNotLogarithmicWhereSomethingIsZero() {
		assertThat(PlotScale.of(List.of(Samples.drain("a", 0), Samples.drain("b", 80_000))).logarithmic()).isFalse();
	}

	@Test
	void leavesRoomOverTheLargestAndBelowTheFloor() {
		for (List<Measurement> measurements : List.of(List.of(Samples.drain("a", 100, 150)),
				List.of(Samples.drain("a", 1_874), Samples.drain("b", 80_000)), List.of(Samples.drain("a", 0)))) {
			PlotScale scale = PlotScale.of(measurements);
			assertThat(scale.top()).isGreaterThan(measurements.stream().mapToDouble(Measurement::max).max().orElse(0));
			assertThat(scale.bottom()).isLessThan(scale.floor());
		}
	}

}
