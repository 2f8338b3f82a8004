package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import javax.sql.DataSource;

import io.tasuki.localpostgres.Database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database whose clock can be set: statements find other functions under the names
 * {@code now} and {@code clock_timestamp}, and the clock goes on from where it was set.
 */
public final class DatabaseClock {

	private static final String FUNCTIONS = """
			create schema clock;
			create table clock.shift (seconds double precision not null);
			insert into clock.shift values (0);
			create function clock.now() returns timestamptz language sql stable as
			  'select pg_catalog.now() + pg_catalog.make_interval(secs => seconds) from clock.shift';
			create function clock.clock_timestamp() returns timestamptz language sql volatile as
			  'select pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => seconds) from clock.shift';
			""";

	private final Database database;

	private final JdbcTemplate jdbc;

	/**
	 * Creates a clock that is right.
	 */
	public DatabaseClock(Database database) {
		this.database = database;
		this.jdbc = new JdbcTemplate(
				new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password()));
		this.jdbc.execute(FUNCTIONS);
	}

	/**
	 * Returns the URL under which statements see this clock.
	 */
	public String jdbcUrl() {
		String url = this.database.jdbcUrl();
		return url + (url.contains("?") ? "&" : "?") + "currentSchema=clock,pg_catalog";
	}

	/**
	 * Returns connections that see this clock, in sessions of a time zone.
	 */
	DataSource dataSource(String timeZone) {
		return new DelegatingDataSource(
				new DriverManagerDataSource(jdbcUrl(), this.database.username(), this.database.password())) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				try (Statement statement = connection.createStatement()) {
					statement.execute("set time zone '%s'".formatted(timeZone));
				}
				return connection;
			}

		};
	}

	/**
	 * Sets the clock.
	 */
	public void set(String moment) {
		this.jdbc.update("update clock.shift set seconds = extract(epoch from ?::timestamptz - clock_timestamp())",
				moment);
	}

	/**
	 * Reads the clock.
	 */
	public Instant read() {
		OffsetDateTime now = this.jdbc.queryForObject("select clock.clock_timestamp()", OffsetDateTime.class);
		return (now != null) ? now.withOffsetSameInstant(ZoneOffset.UTC).toInstant() : Instant.EPOCH;
	}

}
