package io.tasuki.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WakeUpBufferTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	// Near the end of the range, as System.nanoTime() may be.
	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

	private final WakeUpBuffer buffer = new WakeUpBuffer(this.nanos::get);

	@Test
	void keepsTheOldestOfTheDue() {
		this.buffer.addAll(List.of(due("mail", 5, 7), due("mail", 5, 3)));
		this.buffer.addAll(List.of(due("mail", 5, 9)));
		assertThat(this.buffer.drain()).containsExactly(due("mail", 5, 3));
	}

	@Test
	void saysOfAJobThatItCameAloneOnlyIfItDid() {
		WakeUp single = new WakeUp("mail", 5, due("mail", 5, 3).position(), Duration.ZERO, true);
		this.buffer.addAll(List.of(single));
		assertThat(this.buffer.drain()).containsExactly(single);
		this.buffer.addAll(List.of(single, due("mail", 5, 7)));
		assertThat(this.buffer.drain()).containsExactly(due("mail", 5, 3));
		this.buffer.addAll(List.of(due("mail", 5, 7), single));
		assertThat(this.buffer.drain()).containsExactly(due("mail", 5, 3));
	}

	@Test
	void doesNotSayOfAJobThatItCameAloneWhenAnotherBecameDueMeanwhile() {
		WakeUp single = new WakeUp("mail", 5, due("mail", 5, 3).position(), Duration.ZERO, true);
		this.buffer.addAll(List.of(single, ahead("mail", 5, 1)));
		pass(Duration.ofSeconds(1));
		assertThat(this.buffer.drain().get(0)).isEqualTo(due("mail", 5, 3));
	}

	@Test
	void keepsTheSoonestOfThoseAhead() {
		this.buffer.addAll(List.of(ahead("mail", 5, 20), ahead("mail", 5, 10), ahead("mail", 5, 30)));
		assertThat(this.buffer.drain()).containsExactly(ahead("mail", 5, 10));
	}

	@Test
	void keepsOneDueAndOneAheadOfEachQueueAndPriority() {
		this.buffer.addAll(List.of(ahead("mail", 5, 20), due("mail", 5, 1), due("mail", 6, 2), due("print", 5, 3)));
		assertThat(this.buffer.size()).isEqualTo(3);
		assertThat(this.buffer.drain()).containsExactly(due("mail", 5, 1), ahead("mail", 5, 20), due("mail", 6, 2),
				due("print", 5, 3));
	}

	@Test
	void isEmptyAfterDraining() {
		this.buffer.addAll(List.of(due("mail", 5, 1)));
		assertThat(this.buffer.isEmpty()).isFalse();
		this.buffer.drain();
		assertThat(this.buffer.isEmpty()).isTrue();
		assertThat(this.buffer.drain()).isEmpty();
	}

	@Test
	void countsTheTimeThatPassedOffWhatLiesAhead() {
		this.buffer.addAll(List.of(ahead("mail", 5, 20)));
		pass(Duration.ofSeconds(8));
		this.buffer.addAll(List.of(ahead("mail", 5, 15)));
		pass(Duration.ofSeconds(2));
		assertThat(this.buffer.drain())
			.containsExactly(new WakeUp("mail", 5, ahead("mail", 5, 20).position(), Duration.ofSeconds(10)));
	}

	@Test
	void makesDueWhatLayAheadAndStillAsksForTheNext() {
		this.buffer.addAll(List.of(ahead("mail", 5, 20)));
		pass(Duration.ofSeconds(20));
		this.buffer.addAll(List.of(new WakeUp("mail", 5, new Position(NOON.plusSeconds(19), 1), Duration.ZERO)));
		assertThat(this.buffer.drain()).containsExactly(
				new WakeUp("mail", 5, new Position(NOON.plusSeconds(19), 1), Duration.ZERO),
				new WakeUp("mail", 5, new Position(NOON.plusSeconds(20), 1), Duration.ofNanos(1_000)));
	}

	@Test
	void keepsDelaysOfAThousandYears() {
		this.buffer.addAll(List.of(ahead("mail", 5, Duration.ofDays(365_000).toSeconds())));
		assertThat(this.buffer.drain()).singleElement()
			.extracting(WakeUp::dueIn)
			.isEqualTo(Duration.ofNanos(Long.MAX_VALUE / 2));
	}

	@Test
	void mergesManyIntoFew() {
		List<WakeUp> many = List.of(due("mail", 5, 2), due("mail", 5, 1), ahead("mail", 5, 9), ahead("mail", 5, 8));
		assertThat(WakeUpBuffer.merge(many)).containsExactly(due("mail", 5, 1), ahead("mail", 5, 8));
		assertThat(WakeUpBuffer.merge(List.of())).isEmpty();
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private static WakeUp due(String queue, int priority, long id) {
		return new WakeUp(queue, priority, new Position(NOON, id), Duration.ZERO);
	}

	private static WakeUp ahead(String queue, int priority, long seconds) {
		return new WakeUp(queue, priority, new Position(NOON.plusSeconds(seconds), 1), Duration.ofSeconds(seconds));
	}

}
