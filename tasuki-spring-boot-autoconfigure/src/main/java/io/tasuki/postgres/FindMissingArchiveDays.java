package io.tasuki.postgres;

import java.time.LocalDate;
import java.util.List;

import org.springframework.jdbc.core.JdbcOperations;

/** Finds the days for which the archive has no partition yet, from the catalog alone. */
final class FindMissingArchiveDays {

	private static final String SQL = """
			select ahead.day
			  from (select (now() at time zone 'UTC')::date + number as day
			          from generate_series(0, ?) as number) as ahead
			 where not exists (
			   select
			     from pg_inherits as link
			     join pg_class as partition on partition.oid = link.inhrelid
			    where link.inhparent = 'tasuki.job_archive'::regclass
			      and partition.relname = 'job_archive_' || to_char(ahead.day, 'YYYYMMDD'))
			 order by ahead.day
			""";

	private final JdbcOperations jdbc;

	FindMissingArchiveDays(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	List<LocalDate> run(int daysAhead) {
		return this.jdbc.query(SQL, (row, number) -> row.getObject(1, LocalDate.class), daysAhead);
	}

}
