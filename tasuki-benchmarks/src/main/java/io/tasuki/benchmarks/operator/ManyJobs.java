package io.tasuki.benchmarks.operator;

import io.tasuki.localpostgres.Database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A million live jobs, half of them due and a quarter of those of a kind that nobody
 * handles, five million archived ones, and a thousand dead letters.
 */
final class ManyJobs {

	// The queues whose name ends with an odd number are full of due jobs; somebody is to
	// pause them.
	private static final String LIVE = """
			insert into tasuki.job (queue, kind, priority, run_at, label, payload)
			select 'queue-' || n % 10,
			       case when n % 8 = 1 then 'nobody-handles' else 'report' end,
			       n % 3 + 4,
			       case when n % 2 = 0 then now() + n * interval '1 second' else now() - n * interval '1 millisecond' end,
			       'customer-' || n % 1000,
			       jsonb_build_object('number', n)
			  from generate_series(1, ?) as n
			""";

	// Into the day of today, which a worker has made.
	private static final String ARCHIVED = """
			insert into tasuki.job_archive (id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes,
			       outcome, queue, kind, payload)
			select nextval(pg_get_serial_sequence('tasuki.job', 'id')), now(), now(), now(), 1, 1, 5, 0, 1,
			       'queue-' || n % 10, 'report', jsonb_build_object('number', n)
			  from generate_series(1, ?) as n
			""";

	private static final String DEAD = """
			insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
			       kind, payload, reason)
			select nextval(pg_get_serial_sequence('tasuki.job', 'id')), now(), now(), now(), 20, 20, 5, 0,
			       'queue-' || n % 10, 'report', jsonb_build_object('number', n), 'It failed 20 times'
			  from generate_series(1, ?) as n
			""";

	private final JdbcTemplate jdbc;

	ManyJobs(Database database) {
		this.jdbc = new JdbcTemplate(
				new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
	}

	/**
	 * Makes them. A worker must have worked before, and must have paused the queues with
	 * odd numbers.
	 */
	void insert(int live, int archived, int dead) {
		this.jdbc.update(ARCHIVED, archived);
		this.jdbc.update(LIVE, live);
		this.jdbc.update(DEAD, dead);
		this.jdbc.execute("vacuum analyze");
		this.jdbc.execute("checkpoint");
	}

	long count(String table) {
		Long count = this.jdbc.queryForObject("select count(*) from " + table, Long.class);
		return (count != null) ? count : 0;
	}

	/**
	 * Returns the id of some job in the middle of a table.
	 */
	long anyId(String table) {
		Long id = this.jdbc.queryForObject("select (min(id) + max(id)) / 2 from " + table, Long.class);
		return (id != null) ? id : 0;
	}

}
