package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tasuki.benchmarks.soak.ledger.Notes;
import io.tasuki.benchmarks.soak.process.LeasedRows;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.Workers;
import io.tasuki.localpostgres.EmbeddedPostgresServer;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where faults happen.
 *
 * @param jdbc connections of nobody else's
 * @param notes take what happened
 * @param lease how long leases last
 * @param end is open when no more faults are wanted
 */
public record Site(EmbeddedPostgresServer server, JdbcTemplate jdbc, Workers workers, LeasedRows rows, Notes notes,
		Duration lease, CountDownLatch end) {

	private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

	/**
	 * Waits, but not longer than faults are wanted.
	 */
	void pause(Duration duration) throws InterruptedException {
		this.end.await(duration.toMillis(), TimeUnit.MILLISECONDS);
	}

	boolean ended() {
		return this.end.getCount() == 0;
	}

	/**
	 * Waits for a worker that may be befallen.
	 * @return {@code null} if the end came first
	 */
	@Nullable WorkerPlace take(int preferred) throws InterruptedException {
		while (!ended()) {
			WorkerPlace place = this.workers.take(preferred);
			if (place != null) {
				return place;
			}
			pause(LOOK_AGAIN);
		}
		return null;
	}

}
