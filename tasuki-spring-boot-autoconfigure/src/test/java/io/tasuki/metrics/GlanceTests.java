package io.tasuki.metrics;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GlanceTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	private final AtomicInteger looks = new AtomicInteger();

	private volatile Duration took = Duration.ZERO;

	private volatile boolean away;

	private final Glance<Integer> glance = new Glance<>(this::look, INTERVAL, this.nanoTime::get, Runnable::run);

	private int look() {
		pass(this.took);
		int look = this.looks.incrementAndGet();
		if (this.away) {
			throw new IllegalStateException("The database is away");
		}
		return look;
	}

	@Test
	void looksAgainAfterItsInterval() {
		assertThat(this.glance.read()).isEqualTo(1);
		pass(INTERVAL.minusMillis(1));
		assertThat(this.glance.read()).isEqualTo(1);
		pass(Duration.ofMillis(1));
		assertThat(this.glance.read()).isEqualTo(2);
	}

	@Test
	void spendsNoMoreThanATwentiethOfTheTimeOnADearLook() { // S21
		this.took = Duration.ofSeconds(5);
		assertThat(this.glance.read()).isEqualTo(1);
		pass(Duration.ofSeconds(99));
		assertThat(this.glance.read()).isEqualTo(1);
		pass(Duration.ofSeconds(1));
		assertThat(this.glance.read()).isEqualTo(2);
	}

	@Test
	void keepsWhatItHasForAWhileWhenTheDatabaseIsAway() { // B52
		assertThat(this.glance.read()).isEqualTo(1);
		this.away = true;
		pass(INTERVAL);
		assertThat(this.glance.read()).isEqualTo(1);
		assertThat(this.looks).hasValue(2);
		pass(Glance.LONGEST_AGE.minus(INTERVAL));
		assertThat(this.glance.read()).isNull();
		this.away = false;
		pass(INTERVAL);
		assertThat(this.glance.read()).isEqualTo(4);
	}

	@Test
	void letsNobodyWaitAndLooksOnceAtATime() throws InterruptedException { // B52
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		Glance<Integer> slow = new Glance<>(() -> {
			this.looks.incrementAndGet();
			asked.countDown();
			await().atMost(Duration.ofSeconds(60)).until(() -> answer.getCount() == 0);
			return 7;
		}, Duration.ZERO);
		assertThat(slow.read()).isNull();
		assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(slow.read()).isNull();
		assertThat(this.looks).hasValue(1);
		answer.countDown();
		await().until(() -> slow.read() != null);
	}

	private void pass(Duration time) {
		this.nanoTime.addAndGet(time.toNanos());
	}

}
