package io.tasuki.worker;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseClockTests {

	private final DatabaseClock clock = new DatabaseClock();

	@Test
	void knowsNothingUntilTheDatabaseHasSpoken() {
		assertThat(this.clock.since(Instant.now().minusSeconds(60))).isNull();
	}

	@Test
	void goesByTheDatabase() { // S20
		Instant databaseTime = Instant.now().plus(Duration.ofMinutes(5));
		this.clock.heard(databaseTime, System.nanoTime());
		assertThat(this.clock.since(databaseTime.minusSeconds(60))).isBetween(Duration.ofSeconds(60),
				Duration.ofSeconds(90));
	}

	@Test
	void takesHalfOfTheWayForTheAnswer() {
		Instant databaseTime = Instant.now();
		this.clock.heard(databaseTime, System.nanoTime() - Duration.ofMinutes(10).toNanos());
		assertThat(this.clock.since(databaseTime)).isBetween(Duration.ofMinutes(5),
				Duration.ofMinutes(5).plusSeconds(30));
	}

	@Test
	void makesNothingOfWhatIsToComeAndOfLongAgo() {
		this.clock.heard(Instant.now(), System.nanoTime());
		assertThat(this.clock.since(Instant.now().plusSeconds(60))).isZero();
		assertThat(this.clock.since(Instant.MIN)).isZero();
	}

}
