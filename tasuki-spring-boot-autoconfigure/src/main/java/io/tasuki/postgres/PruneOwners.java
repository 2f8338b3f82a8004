package io.tasuki.postgres;

import java.time.Duration;

import org.springframework.jdbc.core.JdbcOperations;

/** Deletes owners that were last seen long ago, a bounded number at a time. */
final class PruneOwners {

	static final String SQL = """
			delete from tasuki.owner
			 where id = any (array(
			   select id
			     from tasuki.owner
			    where seen_at < now() - ? * interval '1 microsecond'
			    order by seen_at, id
			    limit ?
			      for update skip locked))
			""";

	private final JdbcOperations jdbc;

	PruneOwners(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	int run(Duration retention, int limit) {
		return this.jdbc.update(SQL, Timestamps.micros(retention), limit);
	}

}
