package io.tasuki.benchmarks.comparison.workload;

import java.util.Objects;
import java.util.Random;

import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.contestant.tasuki.NoOp;
import io.tasuki.localpostgres.Database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Rows of tasuki's tables that the database makes itself, so that millions take seconds.
 */
final class JobRows {

	private static final String DUE = """
			insert into tasuki.job (queue, priority, kind, payload)
			select (?::text[])[1 + n % ?], (?::smallint[])[1 + n % ?], ?,
			       jsonb_build_object('number', n, 'filler', ?::text)
			  from generate_series(?, ?) as n
			""";

	private static final String SCHEDULED = """
			insert into tasuki.job (kind, payload, run_at)
			select ?, '{"number": -1}', now() + interval '1 day' + n * interval '1 second'
			  from generate_series(1, ?) as n
			""";

	// In the middle of a lease, as the first in the run order.
	private static final String RUNNING = """
			insert into tasuki.job (kind, payload, run_at, lease_expires_at, lock_owner, lease_no, attempt)
			select ?, '{"number": -1}', now() - interval '1 hour', now() + interval '1 hour', -1, 1, 1
			  from generate_series(1, ?) as n
			""";

	private static final String UNKNOWN_KIND = """
			insert into tasuki.job (kind, payload, run_at)
			select 'nobody-handles', '{"number": -1}', now() - interval '1 hour'
			  from generate_series(1, ?) as n
			""";

	// Into the day of today, which a worker has made.
	private static final String ARCHIVED = """
			insert into tasuki.job_archive (id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes,
			       outcome, queue, kind, payload)
			select nextval(pg_get_serial_sequence('tasuki.job', 'id')), now(), now(), now(), 1, 1, 5, 0, 1, 'default', ?,
			       jsonb_build_object('number', n, 'filler', ?::text)
			  from generate_series(1, ?) as n
			""";

	private static final String LAST_ID = "select coalesce(max(id), 0) from tasuki.job";

	// The newest jobs are the last to go, and the dead rows lie before them.
	private static final String ANY_AFTER = """
			select count(*)
			  from (select from tasuki.job where id > ? order by id desc limit 1) as newest
			""";

	// A claim of any of them would show in its lease number.
	private static final String STATE = """
			select count(*) || ' jobs, leased ' || coalesce(sum(lease_no), 0) || ' times'
			  from tasuki.job
			""";

	private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

	private final JdbcTemplate jdbc;

	JobRows(Database database) {
		this.jdbc = new JdbcTemplate(
				new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
	}

	/**
	 * Makes due jobs that do nothing.
	 * @param first number of the first job
	 * @param count how many
	 * @return the largest id before them
	 */
	long due(int first, int count, JobShape shape) {
		long before = number(LAST_ID);
		this.jdbc.update(DUE, shape.queues().toArray(String[]::new), shape.queues().size(),
				shape.priorities().stream().map(Integer::shortValue).toArray(Short[]::new), shape.priorities().size(),
				NoOp.KIND, filler(shape.payloadBytes()), first, first + count - 1);
		return before;
	}

	// Of many characters, since the server would compress a single one to nothing.
	private static String filler(int payloadBytes) {
		return new Random(payloadBytes).ints(Filler.of(payloadBytes).length(), 0, LETTERS.length())
			.map(LETTERS::charAt)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * Makes jobs that are not due for long.
	 */
	void scheduled(int count) {
		this.jdbc.update(SCHEDULED, NoOp.KIND, count);
	}

	/**
	 * Makes jobs that somebody else is running.
	 */
	void running(int count) {
		this.jdbc.update(RUNNING, NoOp.KIND, count);
	}

	/**
	 * Makes due jobs of a kind that has no handler.
	 */
	void unknownKind(int count) {
		this.jdbc.update(UNKNOWN_KIND, count);
	}

	/**
	 * Makes jobs that succeeded today. A worker must have worked before.
	 */
	void archived(int count) {
		this.jdbc.update(ARCHIVED, NoOp.KIND, filler(Filler.USUAL_PAYLOAD), count);
	}

	/**
	 * Returns whether no live job has a larger id, quickly if one has.
	 */
	boolean isEmptyAfter(long id) {
		return number(ANY_AFTER, id) == 0;
	}

	/**
	 * Returns in words how many live jobs there are and how often they were claimed.
	 */
	String state() {
		return Objects.requireNonNull(this.jdbc.queryForObject(STATE, String.class));
	}

	private long number(String sql, Object... arguments) {
		return Objects.requireNonNull(this.jdbc.queryForObject(sql, Long.class, arguments));
	}

}
