package io.tasuki.postgres;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.springframework.jdbc.core.JdbcOperations;

/** Tells whether the archive has a partition for a day. */
final class HasArchiveDay {

	private static final String SQL = """
			select exists (
			  select
			    from pg_inherits as link
			    join pg_class as partition on partition.oid = link.inhrelid
			   where link.inhparent = 'tasuki.job_archive'::regclass
			     and partition.relname = 'job_archive_' || ?)
			""";

	private final JdbcOperations jdbc;

	HasArchiveDay(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	boolean run(LocalDate day) {
		return Boolean.TRUE
			.equals(this.jdbc.queryForObject(SQL, Boolean.class, day.format(DateTimeFormatter.BASIC_ISO_DATE)));
	}

}
