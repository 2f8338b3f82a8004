package io.tasuki.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

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
 *
 * <p>
 * Instances of the version before may be at work meanwhile. Whoever waits for a lock on a
 * table makes everybody else wait behind it, so it waits only for a moment, lets them
 * pass, and tries again.
 */
public final class SchemaInitializer {

	/** Scripts in the order of their numbers, beginning with version 1. */
	static final List<String> SCRIPTS = List.of("V1__create_tasuki.sql", "V2__name_crashed_workers.sql",
			"V3__keep_labels_and_results.sql", "V4__steer_queues.sql", "V5__keep_log_lines.sql", "V6__list_workers.sql",
			"V7__check_less.sql");

	/** Keeps instances that start together from applying the same script. */
	private static final long LOCK = 0x7461_7375_6b69_0001L;

	/** Locks are given up before the workers' own statements, which wait 500 ms, are. */
	private static final WaitBounds BOUNDS = new WaitBounds(Duration.ofMillis(250), Duration.ofMinutes(1));

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

	private static final int ARCHIVE_DAYS_AHEAD = 7;

	private static final Logger logger = LoggerFactory.getLogger(SchemaInitializer.class);

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final List<String> scripts;

	private final Duration patience;

	/**
	 * Creates an initializer that works on any connection of a data source.
	 */
	public SchemaInitializer(DataSource dataSource) {
		this(dataSource, SCRIPTS, PATIENCE);
	}

	/**
	 * Creates an initializer for some version.
	 * @param scripts the scripts up to this version, in order
	 * @param patience how long to try to get locks that somebody else holds
	 */
	SchemaInitializer(DataSource dataSource, List<String> scripts, Duration patience) {
		this.jdbc = new JdbcTemplate(dataSource, true);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.scripts = scripts;
		this.patience = patience;
	}

	/**
	 * Applies the scripts that the database lacks, all of them or none.
	 * @throws SchemaMissingException if a script fails, for instance because the role may
	 * not create a schema, or because somebody holds a lock on a table for minutes
	 */
	public void initialize() {
		long giveUpAt = System.nanoTime() + this.patience.toNanos();
		boolean waited = false;
		for (int version = readVersion(); version < this.scripts.size() && !apply(version); version = readVersion()) {
			if (System.nanoTime() - giveUpAt >= 0) {
				throw new SchemaMissingException("%s, and a lock on its tables could not be had within %s: %s holds one"
					.formatted(state(version), this.patience, lockHolder()), null);
			}
			if (!waited) {
				logger.info("{}; waiting for {}, which holds a lock on its tables", state(version), lockHolder());
				waited = true;
			}
			pause();
		}
	}

	/**
	 * Checks that the schema is there and writes nothing.
	 * @throws SchemaMissingException if it is absent or too old
	 */
	public void verify() {
		int version = readVersion();
		if (version < this.scripts.size()) {
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
			return bounded(this::findVersion);
		}
		catch (DataAccessException ex) {
			if (!SqlStates.INSUFFICIENT_PRIVILEGE.equals(SqlStates.of(ex))) {
				throw ex;
			}
			throw new SchemaMissingException("The database role may not read the schema 'tasuki': grant it usage on the"
					+ " schema, and select, insert, update and delete on its tables", ex);
		}
	}

	private <T> T bounded(Supplier<T> work) {
		T result = this.transactions.execute((status) -> {
			BOUNDS.apply(this.jdbc);
			return work.get();
		});
		return Objects.requireNonNull(result);
	}

	private int findVersion() {
		Boolean present = this.jdbc.queryForObject("select to_regclass('tasuki.schema_version') is not null",
				Boolean.class);
		if (!Boolean.TRUE.equals(present)) {
			return 0;
		}
		Integer version = this.jdbc.queryForObject("select coalesce(max(version), 0) from tasuki.schema_version",
				Integer.class);
		return (version != null) ? version : 0;
	}

	/**
	 * Returns whether the scripts were applied, rather than kept off by a lock.
	 */
	private boolean apply(int version) {
		try {
			return bounded(this::applyMissing);
		}
		catch (DataAccessException ex) {
			if (SqlStates.isLockFailure(ex)) {
				return false;
			}
			if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(SqlStates.of(ex))) {
				throw new SchemaMissingException(state(version) + ", and the database role may not create it."
						+ " Grant it 'create' on the database, or apply the scripts " + scriptsAfter(version)
						+ ", found at io/tasuki/postgres/schema on the class path, as a role that may"
						+ ((version > 0) ? ": the one that owns the tables" : ""), ex);
			}
			if (SqlStates.of(ex) == null || SqlStates.isConnectionFailure(ex)) {
				throw ex;
			}
			throw new SchemaMissingException(state(version) + ", and it could not be brought there by the scripts "
					+ scriptsAfter(version) + ": " + ex.getMostSpecificCause().getMessage(), ex);
		}
	}

	private boolean applyMissing() {
		this.jdbc.query("select pg_advisory_xact_lock(?)", (row) -> {
		}, LOCK);
		int version = findVersion();
		for (String script : scriptsAfter(version)) {
			this.jdbc.execute(read(script));
			logger.info("Applied {} to the schema 'tasuki'", script);
		}
		for (LocalDate day : new FindMissingArchiveDays(this.jdbc).run(ARCHIVE_DAYS_AHEAD)) {
			new AddArchiveDay(this.jdbc).run(day);
		}
		return true;
	}

	private List<String> scriptsAfter(int version) {
		return this.scripts.subList(Math.min(version, this.scripts.size()), this.scripts.size());
	}

	private String state(int version) {
		int needed = this.scripts.size();
		return (version == 0)
				? "The database has no tables of tasuki; version %d of its schema is needed".formatted(needed)
				: "The database has version %d of the tasuki schema; version %d is needed".formatted(version, needed);
	}

	private String lockHolder() {
		return bounded(() -> new FindLockHolder(this.jdbc).run()).orElse("somebody");
	}

	// Instances that started together would otherwise try together.
	private static void pause() {
		long longest = LONGEST_PAUSE.toMillis();
		try {
			Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 3, longest + 1));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for a lock on the schema 'tasuki'", ex);
		}
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
