package io.tasuki.benchmarks.comparison.contestant;

import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for a contestant before its figures mean anything.
 */
public final class ContestantTrial {

	private static final int JOBS = 601;

	private ContestantTrial() {
	}

	/**
	 * Puts jobs into an empty queue in each of the ways, and works them off.
	 * @param contestant whose tables are created, and who does not work yet
	 */
	public static void runsEveryJobOnce(Contestant contestant) {
		contestant.preload(0, 500, 100);
		contestant.enqueue(500);
		contestant.enqueueAll(501, 100);
		assertThat(contestant.unfinished()).isEqualTo(JOBS);
		assertThat(contestant.isEmpty()).isFalse();
		Ledger ledger = new Ledger(JOBS);
		contestant.startWorking(ledger);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(60))
			.until(contestant::isEmpty);
		contestant.stopWorking();
		assertThat(contestant.unfinished()).isZero();
		assertThat(ledger.total()).isEqualTo(JOBS);
		assertThat(IntStream.range(0, JOBS)).allMatch((number) -> ledger.runs(number) == 1);
	}

}
