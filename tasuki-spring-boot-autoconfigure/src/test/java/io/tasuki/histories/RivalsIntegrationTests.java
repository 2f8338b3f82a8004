package io.tasuki.histories;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import io.tasuki.store.NewJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Many owners at once leave every job one story. */
class RivalsIntegrationTests {

	private static final int RIVALS = 4;

	private static final int JOBS = 400;

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
	@Timeout(180)
	@DisplayName("B35: when owners act at once on leases that run out at once, each lease has one winner and no job"
			+ " is lost")
	void eachLeaseHasOneWinner() throws Exception {
		NewJob job = new NewJob("work", "default", null, 5, null, null, null, null, null, null);
		queue.jobs().insert(Collections.nCopies(JOBS, job));
		long seed = Long.getLong("tasuki.histories.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
		Chronicle chronicle = new Chronicle();
		compete(chronicle, seed);
		System.out.printf("%d rivals from seed %d: %d jobs, %d claims, %d of them takeovers or suspects%n", RIVALS,
				seed, JOBS, chronicle.claims(), chronicle.takeovers());
		List<Row> rows = queue.rows(new Hours(queue.now()));
		assertThat(rows).extracting(Row::id).doesNotHaveDuplicates().hasSize(JOBS);
		assertThat(rows).allSatisfy(chronicle::compare);
		assertThat(chronicle.takeovers()).as("takeovers").isPositive();
	}

	private static void compete(Chronicle chronicle, long seed) throws Exception {
		List<Rival> rivals = new ArrayList<>();
		for (int i = 0; i < RIVALS; i++) {
			rivals.add(new Rival(queue.workerStores("rival " + i), chronicle, JOBS, seed + i));
		}
		ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
		try {
			for (Future<Integer> rival : threads.invokeAll(rivals)) {
				assertThat(rival.get()).as("steps of a rival").isPositive();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

}
