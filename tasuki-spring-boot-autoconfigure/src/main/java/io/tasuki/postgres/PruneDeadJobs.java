package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;

import io.tasuki.store.Position;

import org.springframework.jdbc.core.JdbcOperations;

/** Deletes dead letters that are past their retention. */
final class PruneDeadJobs {

	// A letter that somebody is retrying is left to them; one that came back since it was
	// found has its retention before it.
	static final String SQL = """
			delete from tasuki.job_dead
			 where id = any (array(
			   select id
			     from tasuki.job_dead
			    where id = any (?)
			      and died_at < now() - ? * interval '1 microsecond'
			      for update skip locked))
			""";

	private final JdbcOperations jdbc;

	PruneDeadJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	int run(List<Position> letters, Duration retention) {
		long[] ids = letters.stream().mapToLong(Position::id).toArray();
		return this.jdbc.update(SQL, ids, Timestamps.micros(retention));
	}

}
