package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.tasuki.JobId;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTests {

	private final Outbox outbox = new Outbox();

	@Test
	void forgetsWhatWasTaken() {
		this.outbox.addOffered(List.of(single(1), single(2)));
		this.outbox.taken(Stream.of(new JobId(1), new JobId(3)));
		assertThat(this.outbox.isOfferedOnly()).isTrue();
		this.outbox.taken(Stream.of(new JobId(2)));
		assertThat(this.outbox.isEmpty()).isTrue();
	}

	@Test
	void tellsWhatWasNotTaken() {
		this.outbox.addOffered(List.of(single(1), single(2)));
		this.outbox.taken(Stream.of(new JobId(1)));
		assertThat(told(this.outbox)).isEqualTo(2);
	}

	@Test
	void doesNotWaitForMoreThanAWorkerTakesInAMoment() {
		this.outbox.addOffered(LongStream.rangeClosed(1, 32).mapToObj(OutboxTests::single).toList());
		assertThat(this.outbox.isOfferedOnly()).isTrue();
		this.outbox.addOffered(List.of(single(33)));
		assertThat(this.outbox.isOfferedOnly()).isFalse();
		this.outbox.taken(LongStream.rangeClosed(1, 33).mapToObj(JobId::new));
		assertThat(told(this.outbox)).as("the oldest place of all").isOne();
	}

	@Test
	void givesWhatItOffersBackAsToBeTold() {
		this.outbox.addOffered(List.of(single(1)));
		Outbox back = new Outbox();
		back.addAll(this.outbox);
		assertThat(back.isOfferedOnly()).isFalse();
		assertThat(told(back)).isOne();
	}

	@Test
	void saysAllWhateverElseItHolds() { // B50
		this.outbox.add(List.of(single(1)));
		this.outbox.addEverything();
		this.outbox.add(List.of(single(2)));
		assertThat(this.outbox.isEmpty()).isFalse();
		assertThat(WakeUpText.decode(this.outbox.text("me")).all()).isTrue();
	}

	private static long told(Outbox outbox) {
		return WakeUpText.decode(outbox.text("me")).wakeUps().get(0).position().id();
	}

	private static WakeUp single(long id) {
		return new WakeUp("mail", 5, new Position(Instant.EPOCH, id), Duration.ZERO, true);
	}

}
