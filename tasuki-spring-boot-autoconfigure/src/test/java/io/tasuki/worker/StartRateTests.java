package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.tasuki.RateLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartRateTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7);

	@Test
	void letsAsManyStartAtOnceAsFitIntoItsPeriod() { // B31
		StartRate rate = rate("3/s");
		assertThat(rate.room()).isEqualTo(3);
		start(rate, 3);
		assertThat(rate.room()).isZero();
		assertThat(rate.untilRoom()).isEqualTo(Duration.ofSeconds(1).toNanos());
	}

	@Test
	void startComesBackWhenItLiesAPeriodBack() { // B31
		StartRate rate = rate("2/s");
		start(rate, 1);
		pass(Duration.ofMillis(400));
		start(rate, 1);
		assertThat(rate.untilRoom()).isEqualTo(Duration.ofMillis(600).toNanos());
		pass(Duration.ofMillis(600).minusNanos(1));
		assertThat(rate.room()).isZero();
		pass(Duration.ofNanos(1));
		assertThat(rate.room()).isEqualTo(1);
		assertThat(rate.untilRoom()).isZero();
		pass(Duration.ofMillis(400));
		assertThat(rate.room()).isEqualTo(2);
	}

	@Test
	void claimedJobHasItsStartForSure() { // B31
		StartRate rate = rate("2/s");
		rate.claim();
		rate.claim();
		assertThat(rate.room()).isZero();
		assertThat(rate.untilRoom()).as("nobody knows when they start").isEqualTo(Long.MAX_VALUE);
		rate.start();
		assertThat(rate.untilRoom()).isEqualTo(Duration.ofSeconds(1).toNanos());
		rate.letGo(1);
		assertThat(rate.room()).isEqualTo(1);
	}

	@Test
	void startsOfAMomentComeBackTogether() { // B31
		StartRate rate = rate("1000/s");
		for (int i = 0; i < 1_000; i++) {
			start(rate, 1);
			pass(Duration.ofMillis(1));
		}
		pass(Duration.ofMillis(8));
		assertThat(rate.room()).as("nine are back, ten are worth a claim").isZero();
		assertThat(rate.untilRoom()).isEqualTo(Duration.ofMillis(1).toNanos());
		pass(Duration.ofMillis(1));
		assertThat(rate.room()).isEqualTo(10);
	}

	@Test
	void neverLetsMoreStartWithinAPeriodHoweverTheyAreClaimed() { // B31
		Random random = new Random(4);
		for (String limit : List.of("1/20ms", "7/100ms", "40/250ms", "3000/s")) {
			StartRate rate = rate(limit);
			List<Long> starts = new ArrayList<>();
			int claimed = 0;
			for (int step = 0; step < 5_000; step++) {
				int room = rate.room();
				int claims = (room > 0) ? random.nextInt(room + 1) : 0;
				claimed += claims;
				for (int i = 0; i < claims; i++) {
					rate.claim();
				}
				for (int begin = random.nextInt(claimed + 1); begin > 0; begin--) {
					rate.start();
					starts.add(this.now.get());
					claimed--;
				}
				pass(Duration.ofNanos(random.nextInt(12_000_000)));
			}
			assertKept(RateLimit.of(limit), starts);
		}
	}

	private static void assertKept(RateLimit limit, List<Long> starts) {
		assertThat(starts).hasSizeGreaterThan(100);
		for (int i = limit.starts(); i < starts.size(); i++) {
			assertThat(starts.get(i) - starts.get(i - limit.starts())).as("start %d of %s", i, limit)
				.isGreaterThanOrEqualTo(limit.period().toNanos());
		}
	}

	private StartRate rate(String limit) {
		return new StartRate(RateLimit.of(limit), this.now::get);
	}

	private static void start(StartRate rate, int jobs) {
		for (int i = 0; i < jobs; i++) {
			rate.claim();
			rate.start();
		}
	}

	private void pass(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

}
