package io.tasuki.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementTimeoutsTests {

	private final AtomicInteger tries = new AtomicInteger();

	private final StatementTimeouts timeouts = new StatementTimeouts(Duration.ofMinutes(1), Duration.ofMinutes(1),
			(command) -> new Thread(command) {

				@Override
				public void start() {
					StatementTimeoutsTests.this.tries.incrementAndGet();
					throw new OutOfMemoryError("unable to create native thread");
				}

			});

	@Test
	void letsCallsBeginWithoutRoomForAThreadAndTriesAgainWithEach() {
		try (TimedCall one = this.timeouts.begin(); TimedCall other = this.timeouts.begin()) {
			assertThat(one).isNotSameAs(other);
		}
		assertThat(this.tries).hasValue(2);
	}

}
