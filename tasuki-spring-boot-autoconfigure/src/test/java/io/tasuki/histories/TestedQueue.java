package io.tasuki.histories;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.histories.Row.Place;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.ConnectionEviction;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.PostgresMaintenanceStore;
import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.store.JobStore;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerStores;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue under test in a database of its own, and what is done to it from outside. */
final class TestedQueue implements AutoCloseable {

	static final int OWNERS = 4;

	private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

	// Nobody crashes this server, so commits need not wait for the disk.
	private static final String SETTINGS = """
			do $$ begin
			  execute format('alter database %I set synchronous_commit = off', current_database());
			end $$
			""";

	private static final String ROWS = """
			select id, 'LIVE' as place, queue, kind, payload::text, priority, unique_key, run_at, attempt, max_attempts,
			       lease_no, crashes, lock_owner, lease_expires_at, cancel_requested_at is not null as cancel_requested, progress, progress_note, null as reason, errors,
			       crash_owners, log_lines
			  from tasuki.job
			 union all
			select id, case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end, queue, kind, payload::text, priority,
			       unique_key, run_at, attempt, max_attempts, lease_no, crashes, null, null, false, progress, progress_note,
			       reason, errors, crash_owners, log_lines
			  from tasuki.job_archive
			 union all
			select id, 'DEAD', queue, kind, payload::text, priority, unique_key, run_at, attempt, max_attempts,
			       lease_no, crashes, null, null, false, progress, progress_note, reason, errors,
			       crash_owners, log_lines
			  from tasuki.job_dead
			""";

	private static final String ROWS_WITH_ERRORS = """
			select stored.*, coalesce(array_to_string(crash_owners, ', '), '') as crash_owner_list,
			       coalesce((select string_agg(error.entry->>'attempt' || ' ' || (error.entry->>'message'), ', ' order by n)
			                   from jsonb_array_elements(errors) with ordinality as error (entry, n)), '') as error_list,
			       coalesce((select string_agg(line.entry->>'attempt' || ' ' || (line.entry->>'text'), ', ' order by n)
			                   from jsonb_array_elements(log_lines) with ordinality as line (entry, n)), '') as line_list
			  from (%s) as stored
			 order by id
			"""
		.formatted(ROWS);

	private final List<SingleConnectionDataSource> dataSources = new ArrayList<>();

	private final Database database;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate locks;

	private final JdbcTemplate locker;

	private final Map<Boolean, PostgresJobStore> jobs = new HashMap<>();

	private final Map<Boolean, JoinedCompletionStore> joined = new HashMap<>();

	private final TransactionTemplate transactions;

	/** Names of workers by the numbers under which they claimed. */
	private final Map<Long, WorkerName> workers = new HashMap<>();

	private final List<Owner> owners = new ArrayList<>();

	private final Map<Boolean, Completer> completers = new HashMap<>();

	private TestedQueue(Database database) throws SQLException {
		this.database = database;
		this.jdbc = new JdbcTemplate(open(database));
		SingleConnectionDataSource lockSource = open(database);
		this.locker = new JdbcTemplate(lockSource);
		this.locks = new TransactionTemplate(new JdbcTransactionManager(lockSource));
		SingleConnectionDataSource application = open(database);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(application));
		for (int i = 0; i < OWNERS; i++) {
			this.owners.add(new Owner(new BreakableDataSource(database), "worker " + i, this.workers));
		}
		for (boolean archive : new boolean[] { false, true }) {
			PostgresJobStore store = new PostgresJobStore(application, false, archive, ConnectionEviction.byCutting());
			this.jobs.put(archive, store);
			this.joined.put(archive, store.joinedCompletions(COMMIT_TIMEOUT));
			this.completers.put(archive, new Completer(new BreakableDataSource(database), archive));
		}
	}

	static TestedQueue create() throws SQLException {
		Database database = TestPostgres.shared().freshDatabase();
		SingleConnectionDataSource dataSource = dataSource(database);
		new SchemaInitializer(dataSource).initialize();
		new JdbcTemplate(dataSource).execute(SETTINGS);
		dropArchiveAhead(dataSource);
		dataSource.destroy();
		return new TestedQueue(database);
	}

	/** The fewer partitions, the faster is every look at the archive. */
	private static void dropArchiveAhead(DataSource dataSource) {
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		PostgresMaintenanceStore maintenance = new PostgresMaintenanceStore(dataSource);
		today.plusDays(3).datesUntil(today.plusDays(9)).forEach(maintenance::dropArchiveDay);
	}

	private SingleConnectionDataSource open(Database database) {
		SingleConnectionDataSource dataSource = dataSource(database);
		this.dataSources.add(dataSource);
		return dataSource;
	}

	private static SingleConnectionDataSource dataSource(Database database) {
		return new SingleConnectionDataSource(database.jdbcUrl(), database.username(), database.password(), true);
	}

	JobStore jobs() {
		return jobs(true);
	}

	JobStore jobs(boolean archive) {
		return Objects.requireNonNull(this.jobs.get(archive));
	}

	Owner owner(int number) {
		return this.owners.get(number);
	}

	Completer completer(boolean archive) {
		return Objects.requireNonNull(this.completers.get(archive));
	}

	/** Returns stores for one more worker, on connections of its own. */
	WorkerStores workerStores(String name) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(this.database.jdbcUrl(),
				this.database.username(), this.database.password());
		return new PostgresWorkerStores(dataSource, true, new WorkerName(name));
	}

	/** Returns what completes jobs in the transaction it is called in. */
	JoinedCompletionStore joined(boolean archive) {
		return Objects.requireNonNull(this.joined.get(archive));
	}

	<T> T inTransaction(boolean commit, Supplier<T> action) {
		T result = this.transactions.execute((status) -> {
			if (!commit) {
				status.setRollbackOnly();
			}
			return action.get();
		});
		return Objects.requireNonNull(result);
	}

	/** Returns the names of the workers that claimed under these numbers. */
	List<WorkerName> names(List<Long> owners) {
		return owners.stream().map(this.workers::get).map(Objects::requireNonNull).toList();
	}

	Instant now() {
		OffsetDateTime now = this.jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class);
		if (now == null) {
			throw new IllegalStateException("No time");
		}
		return now.toInstant();
	}

	/** Lets leases last an hour longer than they were granted for. */
	void prolong(Collection<ModelJob> jobs) {
		if (!jobs.isEmpty()) {
			this.jdbc.update("update tasuki.job set lease_expires_at = lease_expires_at + interval '1 hour'"
					+ " where id = any (?)", ids(jobs));
		}
	}

	void letLeasesRunOut(Collection<ModelJob> jobs) {
		this.jdbc.update("update tasuki.job set lease_expires_at = now() - interval '1 hour'"
				+ " where id = any (?) and lease_expires_at is not null", ids(jobs));
	}

	void pass(int hours) {
		this.jdbc.update("update tasuki.job set run_at = run_at - ? * interval '1 hour',"
				+ " lease_expires_at = lease_expires_at - ? * interval '1 hour'", hours, hours);
	}

	/** Does something while somebody else holds the locks of some rows. */
	void whileLocked(Collection<ModelJob> jobs, Runnable action) {
		this.locks.executeWithoutResult((status) -> {
			this.locker.query("select from tasuki.job where id = any (?) for update", (RowCallbackHandler) (row) -> {
			}, ids(jobs));
			action.run();
		});
	}

	Map<Long, Instant> runAts(Collection<JobId> jobs) {
		Map<Long, Instant> runAts = new HashMap<>();
		this.jdbc.query("select id, run_at from tasuki.job where id = any (?)",
				(RowCallbackHandler) (row) -> runAts.put(row.getLong(1), instant(row, "run_at")), values(jobs));
		return runAts;
	}

	/** Returns who holds these jobs. */
	Set<Long> holders(Collection<ModelJob> jobs) {
		return new HashSet<>(
				this.jdbc.queryForList("select lock_owner from tasuki.job where id = any (?)", Long.class, ids(jobs)));
	}

	private static Object ids(Collection<ModelJob> jobs) {
		return values(jobs.stream().map((job) -> job.id).toList());
	}

	/** Returns an array, as one argument. */
	private static Object values(Collection<JobId> ids) {
		return ids.stream().map(JobId::value).toArray(Long[]::new);
	}

	/** Returns all there is in the tables, by id. */
	List<Row> rows(Hours hours) {
		return this.jdbc.query(ROWS_WITH_ERRORS, (row, number) -> row(row, hours));
	}

	private static Row row(ResultSet row, Hours hours) throws SQLException {
		OffsetDateTime leaseEnd = row.getObject("lease_expires_at", OffsetDateTime.class);
		return new Row(row.getLong("id"), Place.valueOf(row.getString("place")), row.getString("queue"),
				row.getString("kind"), row.getString("payload"), row.getInt("priority"), row.getString("unique_key"),
				instant(row, "run_at"), row.getInt("attempt"), row.getObject("max_attempts", Integer.class),
				row.getInt("lease_no"), row.getInt("crashes"), row.getObject("lock_owner", Long.class),
				(leaseEnd != null) ? hours.of(leaseEnd.toInstant()) : null, row.getBoolean("cancel_requested"),
				row.getObject("progress", Integer.class), row.getString("progress_note"), row.getString("reason"),
				row.getString("error_list"), row.getString("crash_owner_list"), row.getString("line_list"));
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/** Forgets all jobs. */
	void clear() {
		this.jdbc.execute("delete from tasuki.job; delete from tasuki.job_archive; delete from tasuki.job_dead");
	}

	/** Forgets all jobs and what they leave behind on the disk, which takes longer. */
	void sweepOut() {
		this.jdbc.execute("truncate tasuki.job, tasuki.job_archive, tasuki.job_dead");
	}

	/** Starts anew with stores that nothing has happened to. */
	void reopen() {
		this.owners.forEach(Owner::reopen);
		this.completers.values().forEach(Completer::reopen);
	}

	@Override
	public void close() throws SQLException {
		for (Owner owner : this.owners) {
			owner.close();
		}
		for (Completer completer : this.completers.values()) {
			completer.close();
		}
		this.dataSources.forEach(SingleConnectionDataSource::destroy);
	}

}
