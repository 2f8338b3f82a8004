package io.tasuki.postgres;

import java.util.List;

import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;

import org.springframework.jdbc.core.JdbcOperations;

/** Reads what the statistics say about the live table. */
final class InspectLiveTable {

	static final String SQL = """
			select coalesce(sum(n_live_tup), 0), coalesce(sum(n_dead_tup), 0),
			       (extract(epoch from clock_timestamp() - max(greatest(last_vacuum, last_autovacuum))) * 1000000)::bigint,
			       (extract(epoch from clock_timestamp() - max(greatest(last_analyze, last_autoanalyze))) * 1000000)::bigint
			  from pg_stat_all_tables
			 where relid = to_regclass('tasuki.job')
			""";

	private final JdbcOperations jdbc;

	InspectLiveTable(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	DatabaseReport run(List<SnapshotHolder> holders) {
		return this.jdbc
			.query(SQL,
					(row, number) -> new DatabaseReport(row.getLong(1), row.getLong(2), Timestamps.duration(row, 3),
							Timestamps.duration(row, 4), holders))
			.get(0);
	}

}
