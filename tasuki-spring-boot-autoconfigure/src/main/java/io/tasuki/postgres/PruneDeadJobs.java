package io.tasuki.postgres;

import java.time.Duration;

import org.springframework.jdbc.core.JdbcOperations;

/** Deletes the oldest dead letters, a bounded number at a time. */
final class PruneDeadJobs {

	// A letter that somebody is retrying is left to them.
	static final String SQL = """
			delete from tasuki.job_dead
			 where id = any (array(
			   select id
			     from tasuki.job_dead
			    where died_at < now() - ? * interval '1 microsecond'
			    order by died_at, id
			    limit ?
			      for update skip locked))
			""";

	private final JdbcOperations jdbc;

	PruneDeadJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	int run(Duration retention, int limit) {
		return this.jdbc.update(SQL, Timestamps.micros(retention), limit);
	}

}
