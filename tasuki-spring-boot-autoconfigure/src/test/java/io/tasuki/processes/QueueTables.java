package io.tasuki.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.store.NewJob;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The queue and the ledger of one test, seen from outside.
 */
final class QueueTables implements AutoCloseable {

	private static final String LEDGER = """
			create table ledger (
			  number  bigint generated always as identity primary key,
			  job_id  bigint not null,
			  attempt integer not null,
			  pid     bigint not null,
			  event   text not null,
			  at      timestamptz not null default clock_timestamp())
			""";

	private static final String EFFECT = """
			create table effect (
			  job_id bigint not null,
			  pid    bigint not null)
			""";

	private static final String ACTIVE = """
			select count(*)
			  from pg_stat_activity
			 where datname = current_database()
			   and backend_type = 'client backend'
			   and pid <> pg_backend_pid()
			   and state <> 'idle'
			""";

	private final Database database;

	private final HikariDataSource dataSource = new HikariDataSource();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	QueueTables() {
		this(TestPostgres.shared().freshDatabase());
	}

	QueueTables(Database database) {
		this.database = database;
		this.dataSource.setJdbcUrl(database.jdbcUrl());
		this.dataSource.setUsername(database.username());
		this.dataSource.setPassword(database.password());
		this.dataSource.setMaximumPoolSize(3);
		this.dataSource.setMinimumIdle(0);
		this.dataSource.setConnectionTimeout(2_000);
		new SchemaInitializer(this.dataSource).initialize();
		this.jdbc.execute(LEDGER);
		this.jdbc.execute(EFFECT);
	}

	Database database() {
		return this.database;
	}

	HikariDataSource dataSource() {
		return this.dataSource;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Waits with the patience a busy machine needs. A database that is away answers
	 * later.
	 */
	static ConditionFactory await(String what) {
		return Awaitility.await(what)
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.ignoreExceptions();
	}

	long enqueue(String kind) {
		return enqueue(kind, null);
	}

	long enqueue(String kind, @Nullable String payload) {
		return enqueue(job(kind, payload, null, null), 1).get(0);
	}

	/**
	 * Enqueues a job that ends when a file exists.
	 */
	long enqueueAtGate(Path gate) {
		return enqueue("gate", json(gate));
	}

	static String json(Path path) {
		return '"' + path.toString() + '"';
	}

	long enqueueForOneAttempt(String kind, @Nullable String payload) {
		return enqueue(job(kind, payload, null, 1), 1).get(0);
	}

	long enqueueWithDelay(String kind, Duration delay) {
		return enqueue(job(kind, null, delay, null), 1).get(0);
	}

	List<Long> enqueueMany(String kind, int jobs) {
		return enqueueMany(kind, null, jobs);
	}

	List<Long> enqueueMany(String kind, @Nullable String payload, int jobs) {
		return enqueue(job(kind, payload, null, null), jobs);
	}

	private static NewJob job(String kind, @Nullable String payload, @Nullable Duration delay,
			@Nullable Integer maxAttempts) {
		return new NewJob(kind, "default", payload, 5, delay, null, maxAttempts, null, null, null);
	}

	private List<Long> enqueue(NewJob job, int jobs) {
		return new PostgresJobStore(this.dataSource, false).insert(Collections.nCopies(jobs, job))
			.stream()
			.map((inserted) -> inserted.id().value())
			.toList();
	}

	/**
	 * Returns the starts of a job, oldest first.
	 */
	List<Start> starts(long job) {
		return this.jdbc.query("select attempt, pid from ledger where job_id = ? and event = 'start' order by number",
				(row, number) -> new Start(row.getInt(1), row.getLong(2)), job);
	}

	/**
	 * Returns what a query that answers with one number says.
	 */
	long number(String sql, Object... arguments) {
		Long number = this.jdbc.queryForObject(sql, Long.class, arguments);
		return (number != null) ? number : -1;
	}

	long startCount() {
		return number("select count(*) from ledger where event = 'start'");
	}

	/**
	 * Returns how many starts there were beyond the first one of each job.
	 */
	long repeatedStarts() {
		return startCount() - distinctStarts();
	}

	/**
	 * Returns how many starts there were beyond the first one of each attempt.
	 */
	long repeatedAttempts() {
		return number("select count(*) - count(distinct (job_id, attempt)) from ledger where event = 'start'");
	}

	long distinctStarts() {
		return number("select count(distinct job_id) from ledger where event = 'start'");
	}

	/**
	 * Returns how many effects a job has had, as far as they are committed.
	 */
	long effects(long job) {
		return number("select count(*) from effect where job_id = ?", job);
	}

	long live() {
		return number("select count(*) from tasuki.job");
	}

	long archived() {
		return number("select count(*) from tasuki.job_archive");
	}

	long dead() {
		return number("select count(*) from tasuki.job_dead");
	}

	long leasedBy(Collection<Long> owners) {
		return number("select count(*) from tasuki.job where lock_owner = any (?)",
				(Object) owners.stream().mapToLong(Long::longValue).toArray());
	}

	Map<String, Object> liveJob(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job where id = ?", id);
	}

	Map<String, Object> archivedJob(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job_archive where id = ?", id);
	}

	List<Map<String, Object>> rows(String sql) {
		return this.jdbc.queryForList(sql);
	}

	Map<String, Object> deadJob(long id) {
		return this.jdbc.queryForMap("select * from tasuki.job_dead where id = ?", id);
	}

	void awaitStarts(long job, int starts) {
		await("job %d has started %d times".formatted(job, starts)).until(() -> starts(job).size() >= starts);
	}

	void awaitArchived(long job) {
		await("job %d is archived".formatted(job))
			.until(() -> number("select count(*) from tasuki.job_archive where id = ?", job) == 1);
	}

	void awaitEmpty() {
		await("the queue is empty").until(() -> live() == 0);
	}

	/**
	 * Waits until the server does nothing any more for clients that stand still.
	 */
	void awaitStill() {
		await("no statement runs").until(() -> number(ACTIVE) == 0);
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

	/**
	 * A handler began.
	 */
	record Start(int attempt, long pid) {

	}

}
