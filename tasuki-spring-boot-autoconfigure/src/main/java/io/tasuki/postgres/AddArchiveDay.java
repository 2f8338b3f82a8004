package io.tasuki.postgres;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Makes the archive's partition of one day (UTC). Runs inside a transaction of its
 * caller.
 */
final class AddArchiveDay {

	// "partition of" would take ACCESS EXCLUSIVE on the archive: wait for every
	// completion
	// and make the next ones wait. Attaching a table lets them go on.
	private static final String SQL = """
			create table tasuki.job_archive_%1$s (like tasuki.job_archive including defaults including constraints);
			alter table tasuki.job_archive attach partition tasuki.job_archive_%1$s
			  for values from ('%2$s 00:00:00+00') to ('%3$s 00:00:00+00');
			""";

	private final JdbcOperations jdbc;

	AddArchiveDay(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void run(LocalDate day) {
		this.jdbc.execute(SQL.formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE), day, day.plusDays(1)));
	}

}
