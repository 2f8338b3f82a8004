package io.tasuki.postgres;

import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcOperations;

/** Finds who has held a lock on a table of ours for the longest time. */
final class FindLockHolder {

	private static final String SQL = """
			select activity.pid, coalesce(activity.application_name, ''), coalesce(activity.state, 'state unknown'),
			       coalesce(extract(epoch from clock_timestamp() - activity.xact_start)::bigint, 0)
			  from pg_locks as held
			  join pg_class as relation on relation.oid = held.relation
			  join pg_stat_activity as activity on activity.pid = held.pid
			 where held.database = (select oid from pg_database where datname = current_database())
			   and relation.relnamespace = to_regnamespace('tasuki')
			   and held.granted
			   and held.pid <> pg_backend_pid()
			 order by activity.xact_start
			 limit 1
			""";

	private final JdbcOperations jdbc;

	FindLockHolder(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns a few words about a process of the server.
	 */
	Optional<String> run() {
		List<String> holders = this.jdbc.query(SQL,
				(row, number) -> "server process %d of application '%s' (%s, its transaction is %d s old)"
					.formatted(row.getInt(1), row.getString(2), row.getString(3), row.getLong(4)));
		return holders.stream().findFirst();
	}

}
