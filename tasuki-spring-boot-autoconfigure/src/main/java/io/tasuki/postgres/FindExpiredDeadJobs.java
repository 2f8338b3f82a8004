package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;

import io.tasuki.store.Position;

import org.springframework.jdbc.core.JdbcOperations;

/** Finds one page of the dead letters that are past their retention, oldest first. */
final class FindExpiredDeadJobs {

	static final String SQL = """
			select died_at, id
			  from tasuki.job_dead
			 where died_at < now() - ? * interval '1 microsecond'
			   and (died_at, id) > (?::timestamptz, ?)
			 order by died_at, id
			 limit ?
			""";

	private final JdbcOperations jdbc;

	FindExpiredDeadJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the places of the letters, by time of death and id.
	 */
	List<Position> run(Duration retention, Position after, int limit) {
		return this.jdbc.query(SQL, (row, number) -> new Position(Timestamps.instant(row, 1), row.getLong(2)),
				Timestamps.micros(retention), Timestamps.text(after.runAt()), after.id(), limit);
	}

}
