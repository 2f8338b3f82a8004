package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds the archive's days that lie wholly behind the retention, from the catalog alone.
 */
final class FindExpiredArchiveDays {

	// A partition that does not bear the name of a day is not ours to drop.
	private static final String SQL = """
			select archived.day
			  from (select to_date(right(partition.relname, 8), 'YYYYMMDD') as day
			          from pg_inherits as link
			          join pg_class as partition on partition.oid = link.inhrelid
			         where link.inhparent = 'tasuki.job_archive'::regclass
			           and partition.relname ~ '^job_archive_[0-9]{8}$') as archived
			 where (archived.day + 1)::timestamp at time zone 'UTC' < now() - ? * interval '1 microsecond'
			 order by archived.day
			""";

	private final JdbcOperations jdbc;

	FindExpiredArchiveDays(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	List<LocalDate> run(Duration retention) {
		return this.jdbc.query(SQL, (row, number) -> row.getObject(1, LocalDate.class), Timestamps.micros(retention));
	}

}
