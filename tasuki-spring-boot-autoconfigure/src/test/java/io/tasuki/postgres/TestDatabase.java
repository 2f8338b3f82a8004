package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;

import javax.sql.DataSource;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import io.tasuki.store.WorkerName;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A database of its own for a test class, and what tests do to it behind the stores'
 * backs.
 */
final class TestDatabase {

	static final Duration LEASE = Duration.ofSeconds(1);

	final DataSource dataSource;

	final JdbcTemplate jdbc;

	final TransactionTemplate transactions;

	private TestDatabase(String url, String username, String password) {
		this.dataSource = dataSource(url, username, password);
		// Another data source, or the stores would join the transactions of the tests.
		DataSource own = dataSource(url, username, password);
		this.jdbc = new JdbcTemplate(own);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(own));
	}

	static TestDatabase empty() {
		Database database = TestPostgres.shared().freshDatabase();
		return new TestDatabase(database.jdbcUrl(), database.username(), database.password());
	}

	static TestDatabase withSchema() {
		TestDatabase database = empty();
		new SchemaInitializer(database.dataSource).initialize();
		return database;
	}

	/** The same database for a role that may do nothing yet. */
	TestDatabase asNewRole(String role) {
		this.jdbc.execute("create role %s login password 'secret'".formatted(role));
		return new TestDatabase(((PGSimpleDataSource) this.dataSource).getURL(), role, "secret");
	}

	/** The same database, where names without a schema are looked up in others. */
	DataSource withSearchPath(String schemas) {
		PGSimpleDataSource same = (PGSimpleDataSource) this.dataSource;
		PGSimpleDataSource other = (PGSimpleDataSource) dataSource(same.getURL(), same.getUser(), same.getPassword());
		other.setCurrentSchema(schemas);
		return other;
	}

	private static DataSource dataSource(String url, String username, String password) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(url);
		dataSource.setUser(username);
		dataSource.setPassword(password);
		return dataSource;
	}

	EngineConnection connection() {
		return new EngineConnection(this.dataSource, "tasuki test", Duration.ofSeconds(15), Duration.ofMillis(500));
	}

	PostgresLeaseStore leaseStore() {
		return leaseStore("test worker");
	}

	PostgresLeaseStore leaseStore(String worker) {
		return new PostgresLeaseStore(connection(), new WorkerName(worker));
	}

	PostgresCompletionStore completionStore(boolean archive) {
		return new PostgresCompletionStore(connection(), archive);
	}

	void clear() {
		this.jdbc.execute("truncate tasuki.job, tasuki.job_archive, tasuki.job_dead");
	}

	long insert(String queue, String kind, int priority, String runAt) {
		Long id = this.jdbc.queryForObject(
				"insert into tasuki.job (queue, kind, priority, run_at, payload)"
						+ " values (?, ?, ?, now() + ?::interval, '{\"n\": 1}') returning id",
				Long.class, queue, kind, priority, runAt);
		return (id != null) ? id : 0;
	}

	long insert() {
		return insert("default", "work", 5, "-1 second");
	}

	void insertMany(int count) {
		this.jdbc.update("insert into tasuki.job (queue, kind, priority, run_at, payload)"
				+ " select 'default', 'work', 4 + number % 3, clock_timestamp() - interval '1 minute', '{\"n\": 1}'"
				+ " from generate_series(1, ?) as number", count);
	}

	/** Lets the lease of a job run out, as if its worker had died. */
	void expireLease(long id) {
		this.jdbc.update("update tasuki.job set lease_expires_at = now() - interval '1 second' where id = ?", id);
	}

	/** Lets somebody hold a lease that lasts. */
	void leaseToStranger(long id) {
		this.jdbc.update("update tasuki.job set lease_no = lease_no + 1, lock_owner = -1,"
				+ " lease_expires_at = now() + interval '1 hour' where id = ?", id);
	}

	<T> T column(String column, long id, Class<T> type) {
		T value = this.jdbc.queryForObject("select %s from tasuki.job where id = ?".formatted(column), type, id);
		if (value == null) {
			throw new AssertionError(column + " of job " + id + " is null");
		}
		return value;
	}

	boolean isNull(String column, long id) {
		return Boolean.TRUE.equals(this.jdbc
			.queryForObject("select %s is null from tasuki.job where id = ?".formatted(column), Boolean.class, id));
	}

	Instant instant(String column, long id) {
		return column(column, id, OffsetDateTime.class).toInstant();
	}

	long count(String table) {
		Long count = this.jdbc.queryForObject("select count(*) from tasuki." + table, Long.class);
		return (count != null) ? count : -1;
	}

	static ClaimRequest request(int limit, boolean takeOver, LineClaim... lines) {
		return new ClaimRequest(List.of(lines), limit, LEASE, takeOver);
	}

	static LineClaim line(String queue, int limit, String... kinds) {
		return new LineClaim(queue, List.of(kinds), limit, Collections.nCopies(LineClaim.PRIORITIES, Position.START));
	}

	static ClaimRequest anyWork(int limit) {
		return request(limit, false, line("default", limit, "work"));
	}

	static ClaimRequest anyWorkAndLostLeases(int limit) {
		return request(limit, true, line("default", limit, "work"));
	}

	static Completion completion(ClaimedJob job, Outcome outcome) {
		return new Completion(job.lease(), outcome, null);
	}

}
