package io.tasuki.benchmarks.comparison.server;

import java.util.Map;
import java.util.TreeMap;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.EmbeddedPostgresServer;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The server. Every run gets a database of its own, which is dropped afterwards.
 */
public final class ComparisonServer implements AutoCloseable {

	private static final Map<String, String> SETTINGS = new TreeMap<>(
			Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "shared_buffers", "1GB",
					"min_wal_size", "4GB", "max_wal_size", "8GB", "shared_preload_libraries", "pg_stat_statements",
					"pg_stat_statements.track", "none", "compute_query_id", "off"));

	private static final String WAL = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

	// There is nothing to switch from where nothing was written.
	private static final String WRITE_WAL = "select pg_logical_emit_message(false, 'comparison', '')";

	// What lies between two checkpoints of the largest drain, 16 MB each.
	private static final int WAL_FILES = 150;

	// Each connection reports its own transactions when it ends, if not sooner.
	private static final String OPEN = "select count(*) from pg_stat_activity where datname = ?";

	private static final String TRANSACTIONS = """
			select xact_commit + xact_rollback
			  from pg_stat_database
			 where datname = ?
			""";

	private static final String STATEMENTS = """
			select coalesce(sum(calls), 0)::bigint
			  from pg_stat_statements
			 where dbid = (select oid from pg_database where datname = ?)
			""";

	private static final int POLL_MILLIS = 20;

	private static final int LONGEST_WAIT_MILLIS = 30_000;

	private final EmbeddedPostgresServer server;

	private final SingleConnectionDataSource connection;

	private final JdbcTemplate jdbc;

	private int databases;

	/**
	 * Starts a server.
	 */
	public ComparisonServer() {
		this.server = EmbeddedPostgresServer.startTemporary(SETTINGS);
		this.connection = new SingleConnectionDataSource(this.server.jdbcUrl("postgres"), this.server.username(),
				this.server.password(), true);
		this.jdbc = new JdbcTemplate(this.connection);
	}

	/**
	 * Returns the version of PostgreSQL.
	 */
	public String version() {
		return String.valueOf(this.jdbc.queryForObject("select current_setting('server_version')", String.class));
	}

	/**
	 * Returns the settings that the server was given.
	 */
	public Map<String, String> settings() {
		return SETTINGS;
	}

	/**
	 * Creates an empty database.
	 * @return its name
	 */
	public String createDatabase() {
		String name = "run_" + ++this.databases;
		this.server.createDatabase(name);
		return name;
	}

	/**
	 * Drops a database, cutting its connections.
	 */
	public void dropDatabase(String name) {
		this.jdbc.execute("drop database if exists %s with (force)".formatted(name));
	}

	/**
	 * Returns how to connect to a database.
	 */
	public Database database(String name) {
		return new Database(this.server.jdbcUrl(name), this.server.username(), this.server.password());
	}

	/**
	 * Writes everything that is still to be written, so that nobody pays for another.
	 */
	public void checkpoint() {
		this.jdbc.execute("checkpoint");
	}

	/**
	 * Makes the files that hold the WAL from here on: a server that has run for a while
	 * uses them again and again, whereas in a new one everybody waits for each to be
	 * made.
	 */
	public void makeWalFiles() {
		for (int made = 0; made < WAL_FILES; made++) {
			this.jdbc.execute(WRITE_WAL);
			this.jdbc.execute("select pg_switch_wal()");
		}
		checkpoint();
	}

	/**
	 * Returns what the server has used so far.
	 */
	public ServerUsage usage() {
		Long wal = this.jdbc.queryForObject(WAL, Long.class);
		return new ServerUsage((wal != null) ? wal : 0, new ProcessTree(this.server.processId()).cpuMicros());
	}

	/**
	 * Returns the number of transactions in a database so far, as reported.
	 */
	public long transactions(String name) {
		Long transactions = this.jdbc.queryForObject(TRANSACTIONS, Long.class, name);
		return (transactions != null) ? transactions : 0;
	}

	/**
	 * Counts the statements in a database from now on, on connections that are yet to be
	 * opened. Elsewhere nobody pays for that.
	 */
	public void countStatements(String name) {
		this.jdbc.execute("create extension if not exists pg_stat_statements");
		this.jdbc.execute("alter database %s set compute_query_id = on".formatted(name));
		this.jdbc.execute("alter database %s set pg_stat_statements.track = top".formatted(name));
	}

	/**
	 * Returns how many statements were counted in a database so far, those that begin and
	 * end transactions included.
	 */
	public long statements(String name) {
		Long statements = this.jdbc.queryForObject(STATEMENTS, Long.class, name);
		return (statements != null) ? statements : 0;
	}

	/**
	 * Waits until all connections of a database are closed, and with them everything
	 * reported.
	 */
	public void awaitReports(String name) throws InterruptedException {
		for (int waited = 0; waited < LONGEST_WAIT_MILLIS; waited += POLL_MILLIS) {
			Long open = this.jdbc.queryForObject(OPEN, Long.class, name);
			if (open != null && open == 0) {
				return;
			}
			Thread.sleep(POLL_MILLIS);
		}
		throw new IllegalStateException("Connections to %s stay open".formatted(name));
	}

	@Override
	public void close() {
		this.connection.destroy();
		this.server.close();
	}

}
