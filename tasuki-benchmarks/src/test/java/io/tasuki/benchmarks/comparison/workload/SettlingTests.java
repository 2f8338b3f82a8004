package io.tasuki.benchmarks.comparison.workload;

import java.util.stream.DoubleStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettlingTests {

	@Test
	void hasNotSettledWhileItFalls() {
		assertThat(settledAfter(100, 80, 60, 40, 20)).isFalse();
	}

	@Test
	void hasSettledWhenItStaysAsItIs() {
		assertThat(settledAfter(100, 80, 20, 20)).isFalse();
		assertThat(settledAfter(100, 80, 20, 20, 20, 20)).isTrue();
	}

	@Test
	void aSingleQuietReadingIsNotEnough() {
		assertThat(settledAfter(20)).isFalse();
		assertThat(settledAfter(20, 20, 20)).isFalse();
	}

	@Test
	void aLittleLessIsTheSame() {
		assertThat(settledAfter(20, 20, 19, 19)).isTrue();
		assertThat(settledAfter(20, 20, 17, 17)).isFalse();
	}

	@Test
	void nothingIsSettled() {
		assertThat(settledAfter(0, 0, 0, 0)).isTrue();
	}

	private static boolean settledAfter(double... readings) {
		Settling settling = new Settling();
		return DoubleStream.of(readings).mapToObj(settling::isSettledAfter).reduce(false, (one, next) -> next);
	}

}
