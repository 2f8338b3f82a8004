package io.tasuki.benchmarks.comparison.contestant.dbscheduler;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of db-scheduler. It holds what is not done yet.
 */
final class ScheduledTasks {

	// As documented, without the index for those who enable priorities.
	private static final String CREATE = """
			create table scheduled_tasks (
				task_name text not null,
				task_instance text not null,
				task_data bytea,
				execution_time timestamp with time zone,
				picked boolean not null,
				picked_by text,
				last_success timestamp with time zone,
				last_failure timestamp with time zone,
				consecutive_failures int,
				last_heartbeat timestamp with time zone,
				version bigint not null,
				priority smallint,
				primary key (task_name, task_instance)
			);
			create index execution_time_idx on scheduled_tasks (execution_time);
			create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
			""";

	private static final String COUNT = "select count(*) from scheduled_tasks";

	// The newest are the last to go, and the dead rows lie before them.
	private static final String ANY = "select exists (select from scheduled_tasks order by execution_time desc limit 1)";

	private final JdbcOperations jdbc;

	ScheduledTasks(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	void create() {
		this.jdbc.execute(CREATE);
	}

	long count() {
		Long count = this.jdbc.queryForObject(COUNT, Long.class);
		return (count != null) ? count : 0;
	}

	boolean isEmpty() {
		return Boolean.FALSE.equals(this.jdbc.queryForObject(ANY, Boolean.class));
	}

}
