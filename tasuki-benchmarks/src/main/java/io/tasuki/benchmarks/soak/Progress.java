package io.tasuki.benchmarks.soak;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.tasuki.benchmarks.soak.ledger.Notes;
import io.tasuki.benchmarks.soak.process.Workers;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Waits, and prints now and then how far it is.
 */
final class Progress {

	private static final String LIVE = "select count(*) from tasuki.job";

	private static final String COMMITTED = "select count(*) from soak.expected";

	private static final long STEP_MILLIS = 200;

	private static final int STEPS_PER_LINE = 75;

	private final JdbcOperations jdbc;

	private final Notes notes;

	private final Workers workers;

	private long began = System.nanoTime();

	Progress(JdbcOperations jdbc, Notes notes, Workers workers) {
		this.jdbc = jdbc;
		this.notes = notes;
		this.workers = workers;
	}

	void begin() {
		this.began = System.nanoTime();
	}

	/**
	 * Returns after a time, or as soon as something is done.
	 */
	void show(Duration longest, BooleanSupplier done) throws InterruptedException {
		long end = System.nanoTime() + longest.toNanos();
		for (int step = 1; System.nanoTime() < end && !done.getAsBoolean(); step++) {
			Thread.sleep(STEP_MILLIS);
			if (step % STEPS_PER_LINE == 0) {
				print();
			}
		}
	}

	private void print() {
		Duration since = Duration.ofNanos(System.nanoTime() - this.began);
		System.out.printf("%2d:%02d  %s  %d incidents  %d processes started%n", since.toMinutes(),
				since.toSecondsPart(), jobs(), this.notes.incidents().size(), this.workers.started());
	}

	private String jobs() {
		long committed = count(COMMITTED);
		long live = live();
		return (committed < 0 || live < 0) ? "   the database is away       "
				: "%,7d committed  %,5d live".formatted(committed, live);
	}

	/**
	 * Returns how many jobs are live; a negative number if the database is away.
	 */
	long live() {
		return count(LIVE);
	}

	private long count(String sql) {
		try {
			Long count = this.jdbc.queryForObject(sql, Long.class);
			return (count != null) ? count : -1;
		}
		catch (DataAccessException ex) {
			return -1;
		}
	}

}
