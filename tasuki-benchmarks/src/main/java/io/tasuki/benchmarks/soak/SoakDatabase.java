package io.tasuki.benchmarks.soak;

import io.tasuki.benchmarks.soak.ledger.LedgerTables;
import io.tasuki.benchmarks.soak.process.Workers;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.EmbeddedPostgresServer;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL of the soak's own, as durable as one in production. Everybody has a role,
 * so that the server can tell whose connection is whose.
 */
final class SoakDatabase implements AutoCloseable {

	static final String NAME = "soak";

	private static final String PRODUCER = "producer";

	private final EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary();

	private final JdbcTemplate jdbc;

	SoakDatabase() {
		this.server.createDatabase(NAME);
		this.jdbc = new JdbcTemplate(
				new DriverManagerDataSource(this.server.jdbcUrl(NAME), this.server.username(), this.server.password()));
	}

	void initialize(int workers) {
		new LedgerTables(this.jdbc).create();
		createRole(PRODUCER);
		for (int number = 1; number <= workers; number++) {
			createRole(Workers.role(number));
		}
	}

	private void createRole(String name) {
		this.jdbc.execute("create role %s superuser login password '%s'".formatted(name, this.server.password()));
	}

	EmbeddedPostgresServer server() {
		return this.server;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	Database producer() {
		return new Database(this.server.jdbcUrl(NAME), PRODUCER, this.server.password());
	}

	String version() {
		return String.valueOf(this.jdbc.queryForObject("""
				select format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'),
				              current_setting('fsync'), current_setting('synchronous_commit'))
				""", String.class));
	}

	@Override
	public void close() {
		this.server.close();
	}

}
