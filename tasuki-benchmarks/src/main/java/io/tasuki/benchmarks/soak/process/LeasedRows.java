package io.tasuki.benchmarks.soak.process;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Whose rows are whose, seen from outside. Waits for a database that is away.
 */
public final class LeasedRows {

	private static final String SQL = """
			select id, lock_owner
			  from tasuki.job
			 where lock_owner is not null
			""";

	private static final String ACTIVE = """
			select count(*)
			  from pg_stat_activity
			 where usename = ?
			   and state = 'active'
			""";

	private static final int LONGEST_WAIT_MILLIS = 1_000;

	private static final int POLL_MILLIS = 20;

	private final JdbcOperations jdbc;

	private final Workers workers;

	public LeasedRows(JdbcOperations jdbc, Workers workers) {
		this.jdbc = jdbc;
		this.workers = workers;
	}

	/**
	 * Returns the jobs whose rows carry any owner.
	 */
	public Set<Long> ofAll() throws InterruptedException {
		return owners().keySet();
	}

	/**
	 * Returns the jobs that anybody has claimed since then.
	 */
	public Set<Long> claimedSince(Instant moment) {
		Set<Long> claimed = new HashSet<>();
		this.workers.processes().forEach((process) -> claimed.addAll(process.claims().claimedSince(moment)));
		return claimed;
	}

	/**
	 * Returns the jobs whose rows carry owners of a process that stands still or is dead,
	 * after the server has done what it had been asked. An owner that nobody knows is
	 * taken for this process's: it claimed, and stopped before it could write that down.
	 */
	public Set<Long> of(WorkerProcess process) throws InterruptedException {
		awaitStill(process);
		Map<Long, Long> owners = owners();
		Set<Long> others = new HashSet<>();
		this.workers.processes()
			.stream()
			.filter((other) -> other != process)
			.forEach((other) -> others.addAll(other.claims().owners()));
		owners.values().removeAll(others);
		return owners.keySet();
	}

	private void awaitStill(WorkerProcess process) throws InterruptedException {
		int still = 0;
		for (int waited = 0; still < 2 && waited < LONGEST_WAIT_MILLIS; waited += POLL_MILLIS) {
			Thread.sleep(POLL_MILLIS);
			Long active = answer(() -> this.jdbc.queryForObject(ACTIVE, Long.class, process.role()));
			still = (active != null && active == 0) ? still + 1 : 0;
		}
	}

	private Map<Long, Long> owners() throws InterruptedException {
		List<long[]> rows = answer(
				() -> this.jdbc.query(SQL, (row, number) -> new long[] { row.getLong(1), row.getLong(2) }));
		Map<Long, Long> owners = new HashMap<>();
		rows.forEach((row) -> owners.put(row[0], row[1]));
		return owners;
	}

	private static <T> T answer(Supplier<T> question) throws InterruptedException {
		for (;;) {
			try {
				return question.get();
			}
			catch (DataAccessException ex) {
				Thread.sleep(POLL_MILLIS);
			}
		}
	}

}
