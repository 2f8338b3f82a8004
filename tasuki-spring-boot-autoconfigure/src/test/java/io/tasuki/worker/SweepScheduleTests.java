package io.tasuki.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweepScheduleTests {

	private static final long SECOND = 1_000_000_000;

	private final SweepSchedule schedule = new SweepSchedule(Duration.ofSeconds(1));

	private final long now = System.nanoTime();

	@Test
	void looksAtOnceAfterTheStart() { // B28
		assertThat(this.schedule.due(System.nanoTime())).isTrue();
	}

	@Test
	void scattersItsLooksSoThatInstancesDoNotAskTogether() { // B28
		Set<Long> waits = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			this.schedule.begin(this.now, true);
			waits.add(this.schedule.untilNext(this.now));
		}
		assertThat(waits).hasSizeGreaterThan(50)
			.allSatisfy((wait) -> assertThat(wait).isBetween(SECOND, SECOND * 5 / 4));
	}

	@Test
	void looksSoonerWhileItFindsWhatNobodyAnnounces() { // B28
		this.schedule.begin(this.now, false);
		this.schedule.step(this.now, 1, true, false);
		assertThat(this.schedule.untilNext(this.now)).isEqualTo(SECOND / 8);
		this.schedule.begin(this.now, false);
		assertThat(this.schedule.untilNext(this.now)).isBetween(SECOND / 4, SECOND * 5 / 16);
		this.schedule.begin(this.now, false);
		assertThat(this.schedule.untilNext(this.now)).isBetween(SECOND / 2, SECOND * 5 / 8);
		for (int i = 0; i < 10; i++) {
			this.schedule.begin(this.now, false);
		}
		assertThat(this.schedule.untilNext(this.now)).isBetween(SECOND, SECOND * 5 / 4);
	}

	@Test
	void looksNoSoonerForWhatItFindsWhileItIsToldOfJobs() { // B28
		this.schedule.begin(this.now, true);
		this.schedule.step(this.now, 1, true, true);
		assertThat(this.schedule.untilNext(this.now)).isBetween(SECOND, SECOND * 5 / 4);
	}

	@Test
	void spendsATwentiethOfItsTimeAtMost() { // B28
		this.schedule.begin(this.now, true);
		this.schedule.step(this.now, SECOND, false, true);
		assertThat(this.schedule.untilNext(this.now)).isEqualTo(20 * SECOND);
		this.schedule.hurry(this.now);
		assertThat(this.schedule.untilNext(this.now)).isEqualTo(20 * SECOND);
	}

	@Test
	void hurriesWhenItMayHaveMissedSomething() { // B28
		this.schedule.begin(this.now, true);
		this.schedule.step(this.now, 1, false, true);
		this.schedule.hurry(this.now);
		assertThat(this.schedule.untilNext(this.now)).isLessThan(1_000);
	}

}
