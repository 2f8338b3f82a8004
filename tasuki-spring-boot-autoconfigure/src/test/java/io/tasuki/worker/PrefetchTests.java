package io.tasuki.worker;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrefetchTests {

	private final Prefetch prefetch = new Prefetch();

	@Test
	void isNothingBeforeAnythingFinished() {
		assertThat(this.prefetch.jobs(millis(1_000), 0, 4)).isZero();
	}

	@Test
	void isWhatWasFinishedInATenthOfASecond() {
		this.prefetch.jobs(millis(1_000), 0, 4);
		assertThat(this.prefetch.jobs(millis(1_200), 600, 4)).isEqualTo(300);
	}

	@Test
	void growsAtOnceWhenJobsTurnOutFast() {
		this.prefetch.jobs(millis(1_000), 0, 4);
		assertThat(this.prefetch.jobs(millis(1_002), 40, 4)).isEqualTo(40);
	}

	@Test
	void isNothingWhenSlotsFinishLessThanOneRoundInATenthOfASecond() {
		this.prefetch.jobs(millis(1_000), 0, 4);
		assertThat(this.prefetch.jobs(millis(1_100), 3, 4)).isZero();
	}

	@Test
	void isNothingWhenSlowJobsHappenToEndTogether() { // B26
		this.prefetch.jobs(millis(1_000), 0, 4);
		assertThat(this.prefetch.jobs(millis(1_002), 4, 4)).isZero();
		assertThat(this.prefetch.jobs(millis(1_100), 7, 4)).isZero();
		assertThat(this.prefetch.jobs(millis(1_200), 15, 4)).isEqualTo(8);
	}

	@Test
	void isBounded() {
		this.prefetch.jobs(millis(1_000), 0, 4);
		assertThat(this.prefetch.jobs(millis(1_100), 1_000_000, 4)).isEqualTo(Prefetch.LIMIT);
	}

	@Test
	void fallsBackWhenJobsTurnSlow() {
		this.prefetch.jobs(millis(1_000), 0, 4);
		this.prefetch.jobs(millis(1_100), 500, 4);
		assertThat(this.prefetch.jobs(millis(1_200), 502, 4)).isZero();
	}

	private static long millis(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis);
	}

}
