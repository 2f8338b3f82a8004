package io.tasuki.histories;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The store does what the model says. */
class HistoriesIntegrationTests {

	private static final int HISTORIES = Integer.getInteger("tasuki.histories", 3_000);

	/** The table's files keep what was deleted until somebody sweeps them. */
	private static final int HISTORIES_BETWEEN_SWEEPS = 100;

	/** By then everything must have happened. */
	private static final int ENOUGH_HISTORIES = 500;

	private static TestedQueue queue;

	@BeforeAll
	static void createQueue() throws SQLException {
		queue = TestedQueue.create();
	}

	@AfterAll
	static void closeQueue() throws SQLException {
		queue.close();
	}

	@Test
	@DisplayName("B35: in random histories of claims, outcomes, lost leases and lost connections, the store does what"
			+ " the model says")
	void doesWhatTheModelSays() {
		long firstSeed = Long.getLong("tasuki.histories.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
		Tally tally = new Tally();
		long start = System.nanoTime();
		for (int i = 0; i < HISTORIES; i++) {
			if (i % HISTORIES_BETWEEN_SWEEPS == 0) {
				queue.sweepOut();
			}
			History history = History.random(firstSeed + i, queue, tally);
			if (history.failed()) {
				throw failure(history, firstSeed + i, i);
			}
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.printf("%d histories from seed %d in %d ms (%d a second): %s%n", HISTORIES, firstSeed, millis,
				HISTORIES * 1000L / Math.max(millis, 1), tally);
		if (HISTORIES >= ENOUGH_HISTORIES) {
			assertThat(tally.counts()).allSatisfy((event, count) -> assertThat(count).as(event.name()).isPositive());
		}
	}

	private static AssertionError failure(History history, long seed, int before) {
		History shortest = Shortener.shorten(history, queue);
		return new AssertionError("""
				After %d histories the store and the model differ at step %d of the history of seed %d, which \
				-Dtasuki.histories=1 -Dtasuki.histories.seed=%d plays again. Shortened to %d steps:
				%s""".formatted(before, history.steps().size(), seed, seed, shortest.steps().size(),
				shortest.describe()), shortest.failure());
	}

}
