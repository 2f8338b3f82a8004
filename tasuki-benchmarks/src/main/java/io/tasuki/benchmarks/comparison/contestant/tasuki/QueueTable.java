package io.tasuki.benchmarks.comparison.contestant.tasuki;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is left in tasuki's table.
 */
public final class QueueTable {

	private static final String COUNT = "select count(*) from tasuki.job";

	// The newest jobs are the last to go, and the dead rows lie before them.
	private static final String NEWEST = "select count(*) from (select from tasuki.job order by id desc limit 1) as newest";

	private final JdbcOperations jdbc;

	public QueueTable(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	/**
	 * Returns the number of live jobs.
	 */
	public long count() {
		return count(COUNT);
	}

	/**
	 * Returns whether there is no live job, quickly if there is one.
	 */
	public boolean isEmpty() {
		return count(NEWEST) == 0;
	}

	private long count(String sql) {
		Long count = this.jdbc.queryForObject(sql, Long.class);
		return (count != null) ? count : 0;
	}

}
