package io.tasuki.postgres;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Drops the archive's partition of one day (UTC). Runs inside a transaction of its
 * caller, under a short lock timeout: while it waits for the archive, completions wait
 * behind it.
 */
final class DropArchiveDay {

	private static final String SQL = """
			alter table tasuki.job_archive detach partition tasuki.job_archive_%1$s;
			drop table tasuki.job_archive_%1$s;
			""";

	private final JdbcOperations jdbc;

	DropArchiveDay(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void run(LocalDate day) {
		this.jdbc.execute(SQL.formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE)));
	}

}
