package io.tasuki.postgres;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NotificationPaceTests {

	private final NotificationPace pace = new NotificationPace();

	private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

	@Test
	void letsTheFirstGoAtOnce() {
		assertThat(this.pace.untilNext(this.now)).isLessThanOrEqualTo(0);
	}

	@Test
	void neverHoldsBackAHundredASecond() {
		for (int i = 0; i < 1_000; i++) {
			assertThat(this.pace.untilNext(this.now)).isLessThanOrEqualTo(0);
			this.pace.sent(this.now);
			pass(10_000);
		}
	}

	@Test
	void letsAFewGoTogetherAndThenAHundredASecond() {
		int together = 0;
		while (this.pace.untilNext(this.now) <= 0) {
			this.pace.sent(this.now);
			together++;
		}
		assertThat(together).isEqualTo(8);
		for (int i = 0; i < 100; i++) {
			assertThat(this.pace.untilNext(this.now)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
			pass(10_000);
			this.pace.sent(this.now);
		}
	}

	@Test
	void forgetsAStormOnceItIsOver() {
		for (int i = 0; i < 500; i++) {
			pass(Math.max(0, TimeUnit.NANOSECONDS.toMicros(this.pace.untilNext(this.now))));
			this.pace.sent(this.now);
		}
		pass(10_000);
		neverHoldsBackAHundredASecond();
	}

	@Test
	void forgetsAStormAlthoughWordsGoOnComing() {
		while (this.pace.untilNext(this.now) <= 0) {
			this.pace.sent(this.now);
		}
		for (int i = 0; i < 10; i++) {
			pass(20_000);
			this.pace.sent(this.now);
		}
		assertThat(this.pace.untilNext(this.now)).isLessThanOrEqualTo(-TimeUnit.MILLISECONDS.toNanos(60));
	}

	@Test
	void savesNothingUpWhileNothingGoes() {
		this.pace.sent(this.now);
		pass(3_600_000_000L);
		letsAFewGoTogetherAndThenAHundredASecond();
	}

	private void pass(long micros) {
		this.now += TimeUnit.MICROSECONDS.toNanos(micros);
	}

}
