package io.tasuki.histories;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The store does what the model says. */
class HistoriesIntegrationTests {

	private static final int HISTORIES = Integer.getInteger("tasuki.histories", 3_000);

	/** By then everything must have happened. */
	private static final int ENOUGH_HISTORIES = 2_000;

	/** A history waits for the server half of its time. */
	private static final int PLAYERS = 2;

	private static final List<TestedQueue> queues = new ArrayList<>();

	@BeforeAll
	static void createQueues() throws SQLException {
		for (int i = 0; i < PLAYERS; i++) {
			queues.add(TestedQueue.create());
		}
	}

	@AfterAll
	static void closeQueues() throws SQLException {
		for (TestedQueue queue : queues) {
			queue.close();
		}
	}

	@Test
	@DisplayName("B35: in random histories of claims, outcomes, cancels, lost leases and lost connections, the store"
			+ " does what the model says")
	void doesWhatTheModelSays() throws Exception {
		long seed = Long.getLong("tasuki.histories.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
		Tally tally = new Tally();
		long start = System.nanoTime();
		play(seed, tally);
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
		System.out.printf("%d histories from seed %d in %d ms: %s%n", HISTORIES, seed, millis, tally);
		if (HISTORIES >= ENOUGH_HISTORIES) {
			assertThat(tally.counts())
				.allSatisfy((event, count) -> assertThat(count.sum()).as(event.name()).isPositive());
		}
	}

	private static void play(long seed, Tally tally) throws Exception {
		AtomicInteger next = new AtomicInteger();
		List<Player> players = queues.stream().map((queue) -> new Player(queue, next, HISTORIES, seed, tally)).toList();
		ExecutorService threads = Executors.newFixedThreadPool(PLAYERS);
		try {
			for (Future<Integer> player : threads.invokeAll(players)) {
				player.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof AssertionError failure) ? failure : ex;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
