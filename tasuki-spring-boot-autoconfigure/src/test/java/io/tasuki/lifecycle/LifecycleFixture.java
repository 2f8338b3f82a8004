package io.tasuki.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.SchemaVersions;
import io.tasuki.worker.Worker;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A database of its own, the workers that share it, and looks into it. */
final class LifecycleFixture implements AutoCloseable {

	private static final String STATE = """
			select case
			         when lock_owner is null then 'available'
			         when lease_expires_at > clock_timestamp() then 'running'
			         else 'lease-lost'
			       end
			  from tasuki.job where id = ?
			union all
			select case outcome when 1 then 'succeeded' when 2 then 'cancelled' end from tasuki.job_archive where id = ?
			union all
			select 'dead' from tasuki.job_dead where id = ?
			""";

	private final Database database = TestPostgres.shared().freshDatabase();

	private final HikariDataSource pool = pool();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.pool);

	private final Ledger ledger = new Ledger();

	private final SilentNotifications notifications = new SilentNotifications();

	private final ExecutorService executor = Executors.newCachedThreadPool((command) -> {
		Thread thread = new Thread(command, "tasuki-handler");
		thread.setDaemon(true);
		return thread;
	});

	private final List<Worker> workers = new CopyOnWriteArrayList<>();

	LifecycleFixture() {
		this(SchemaVersions.latest());
	}

	/** Begins with the schema of an earlier version. */
	LifecycleFixture(int schemaVersion) {
		SchemaVersions.create(this.pool, schemaVersion);
	}

	private HikariDataSource pool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.database.jdbcUrl());
		pool.setUsername(this.database.username());
		pool.setPassword(this.database.password());
		pool.setMaximumPoolSize(6);
		pool.setMinimumIdle(0);
		return pool;
	}

	/** Returns a data source for a worker: a new connection each time. */
	DataSource dataSource() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(this.database.jdbcUrl());
		dataSource.setUser(this.database.username());
		dataSource.setPassword(this.database.password());
		return dataSource;
	}

	/** Returns the application's data source, which no worker uses. */
	DataSource applicationDataSource() {
		return this.pool;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	Ledger ledger() {
		return this.ledger;
	}

	SilentNotifications notifications() {
		return this.notifications;
	}

	ExecutorService executor() {
		return this.executor;
	}

	/** Begins a worker; it is stopped with the fixture. */
	TestWorker worker() {
		return new TestWorker(this, this.workers::add);
	}

	/** Stores a job that is due now. */
	long insert(String kind) {
		return insert(kind, "default", 5, Duration.ZERO);
	}

	long insert(String kind, String queue, int priority) {
		return insert(kind, queue, priority, Duration.ZERO);
	}

	long insert(String kind, Duration delay) {
		return insert(kind, "default", 5, delay);
	}

	long insert(String kind, String queue, int priority, Duration delay) {
		return number("""
				insert into tasuki.job (kind, queue, priority, run_at, payload)
				values (?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', '{"a": 1}')
				returning id
				""", kind, queue, priority, delay.toMillis());
	}

	void insertMany(int count, String kind) {
		insertMany(count, kind, "default", 5);
	}

	void insertMany(int count, String kind, String queue, int priority) {
		this.jdbc.update("""
				insert into tasuki.job (kind, queue, priority, run_at, payload)
				select ?, ?, ?, clock_timestamp(), '{"a": 1}' from generate_series(1, ?)
				""", kind, queue, priority, count);
	}

	/** Stores a job as a process left it that died while it ran the job. */
	long insertAbandoned(String kind, int attempt, Duration leaseLeft) {
		return number("""
				insert into tasuki.job (kind, run_at, attempt, lease_no, lock_owner, lease_expires_at)
				values (?, clock_timestamp() - interval '1 hour', ?, 1, 4711,
				        clock_timestamp() + ? * interval '1 millisecond')
				returning id
				""", kind, attempt, leaseLeft.toMillis());
	}

	long number(String sql, @Nullable Object... arguments) {
		Long number = this.jdbc.queryForObject(sql, Long.class, arguments);
		return (number != null) ? number : -1;
	}

	/** Returns a live job's row. */
	Map<String, Object> job(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job where id = ?", id);
	}

	Map<String, Object> deadJob(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job_dead where id = ?", id);
	}

	Map<String, Object> archivedJob(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job_archive where id = ?", id);
	}

	long live() {
		return number("select count(*) from tasuki.job");
	}

	long leased() {
		return number("select count(*) from tasuki.job where lock_owner is not null");
	}

	long archived() {
		return number("select count(*) from tasuki.job_archive");
	}

	long dead() {
		return number("select count(*) from tasuki.job_dead");
	}

	boolean isLive(long id) {
		return number("select count(*) from tasuki.job where id = ?", id) == 1;
	}

	/** Returns a job's state, as {@code docs/lifecycle.md} names it. */
	String state(long id) {
		List<String> states = this.jdbc.queryForList(STATE, String.class, id, id, id);
		assertThat(states).as("tables that have the job").hasSizeLessThan(2);
		return (states.isEmpty()) ? "gone" : states.get(0);
	}

	/** Returns whether a job waits, without a lease. */
	boolean isAvailable(long id) {
		return number("select count(*) from tasuki.job where id = ? and lock_owner is null", id) == 1;
	}

	boolean isArchived(long id) {
		return number("select count(*) from tasuki.job_archive where id = ?", id) == 1;
	}

	boolean isDead(long id) {
		return number("select count(*) from tasuki.job_dead where id = ?", id) == 1;
	}

	/** Returns when a job is or was due, to the microsecond. */
	Instant runAt(String table, long id) {
		OffsetDateTime runAt = this.jdbc.queryForObject("select run_at from tasuki.%s where id = ?".formatted(table),
				OffsetDateTime.class, id);
		return Objects.requireNonNull(runAt).toInstant();
	}

	/** Returns how long from now a job is due, by the database's clock. */
	Duration dueIn(long id) {
		return Duration.ofMillis(number("""
				select (extract(epoch from run_at - clock_timestamp()) * 1000)::bigint from tasuki.job where id = ?
				""", id));
	}

	/** A handler that breaks its contract. */
	@SuppressWarnings("NullAway")
	static JobResult nothing(JobContext context) {
		return null;
	}

	void await(Callable<Boolean> condition) {
		within(Duration.ofSeconds(15)).until(condition);
	}

	ConditionFactory within(Duration duration) {
		return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(duration);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.workers.forEach(Worker::stop);
		this.pool.close();
	}

}
