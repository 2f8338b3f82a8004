package io.tasuki.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the schema to the version this code needs. Asks first and writes nothing when it
 * is there already, so an application whose role may create nothing starts as well.
 */
public final class SchemaInitializer {

	/** Scripts in the order of their numbers, beginning with version 1. */
	static final List<String> SCRIPTS = List.of("V1__create_tasuki.sql", "V2__name_crashed_workers.sql");

	/** Keeps instances that start together from applying the same script. */
	private static final long LOCK = 0x7461_7375_6b69_0001L;

	private static final int ARCHIVE_DAYS_AHEAD = 7;

	private static final Logger logger = LoggerFactory.getLogger(SchemaInitializer.class);

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	/**
	 * Creates an initializer that works on any connection of a data source.
	 */
	public SchemaInitializer(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource, true);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	/**
	 * Applies the scripts that the database lacks, all of them or none.
	 * @throws SchemaMissingException if a script fails, for instance because the role may
	 * not create a schema
	 */
	public void initialize() {
		int version = readVersion();
		if (version < SCRIPTS.size()) {
			apply(version);
		}
	}

	/**
	 * Checks that the schema is there and writes nothing.
	 * @throws SchemaMissingException if it is absent or too old
	 */
	public void verify() {
		int version = readVersion();
		if (version < SCRIPTS.size()) {
			throw new SchemaMissingException(state(version) + ". Apply the scripts " + scriptsAfter(version)
					+ ", found at io/tasuki/postgres/schema on the class path, with psql, Flyway or Liquibase,"
					+ " or let the application do it: tasuki.jdbc.initialize-schema=always", null);
		}
	}

	/**
	 * Returns the version found, 0 where there is none. A later version than this code
	 * knows is good: scripts keep older instances working.
	 */
	private int readVersion() {
		try {
			Boolean present = this.jdbc.queryForObject("select to_regclass('tasuki.schema_version') is not null",
					Boolean.class);
			if (!Boolean.TRUE.equals(present)) {
				return 0;
			}
			Integer version = this.jdbc.queryForObject("select coalesce(max(version), 0) from tasuki.schema_version",
					Integer.class);
			return (version != null) ? version : 0;
		}
		catch (DataAccessException ex) {
			if (!SqlStates.INSUFFICIENT_PRIVILEGE.equals(SqlStates.of(ex))) {
				throw ex;
			}
			throw new SchemaMissingException("The database role may not read the schema 'tasuki': grant it usage on the"
					+ " schema, and select, insert, update and delete on its tables", ex);
		}
	}

	private void apply(int version) {
		try {
			this.transactions.executeWithoutResult((status) -> applyMissing());
		}
		catch (DataAccessException ex) {
			if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(SqlStates.of(ex))) {
				throw new SchemaMissingException(state(version) + ", and the database role may not create it."
						+ " Grant it 'create' on the database, or apply the scripts " + scriptsAfter(version)
						+ ", found at io/tasuki/postgres/schema on the class path, as a role that may", ex);
			}
			if (SqlStates.of(ex) == null || SqlStates.isConnectionFailure(ex)) {
				throw ex;
			}
			throw new SchemaMissingException(state(version) + ", and it could not be brought there by the scripts "
					+ scriptsAfter(version) + ": " + ex.getMostSpecificCause().getMessage(), ex);
		}
	}

	private void applyMissing() {
		this.jdbc.query("select pg_advisory_xact_lock(?)", (row) -> {
		}, LOCK);
		int version = readVersion();
		for (String script : scriptsAfter(version)) {
			this.jdbc.execute(read(script));
			logger.info("Applied {} to the schema 'tasuki'", script);
		}
		for (LocalDate day : new FindMissingArchiveDays(this.jdbc).run(ARCHIVE_DAYS_AHEAD)) {
			new AddArchiveDay(this.jdbc).run(day);
		}
	}

	private static List<String> scriptsAfter(int version) {
		return SCRIPTS.subList(Math.min(version, SCRIPTS.size()), SCRIPTS.size());
	}

	private static String state(int version) {
		return (version == 0)
				? "The database has no tables of tasuki; version %d of its schema is needed".formatted(SCRIPTS.size())
				: "The database has version %d of the tasuki schema; version %d is needed".formatted(version,
						SCRIPTS.size());
	}

	private static String read(String script) {
		try {
			return new ClassPathResource("schema/" + script, SchemaInitializer.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the schema script " + script, ex);
		}
	}

}
