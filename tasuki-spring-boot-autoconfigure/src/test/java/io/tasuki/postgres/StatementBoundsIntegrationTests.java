package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.UniqueKey;
import io.tasuki.postgres.BoundsRecordingDataSource.Bounded;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.NewJob;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import io.tasuki.store.Report;
import io.tasuki.store.WorkerReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every statement on a connection of ours has an end, whoever stands in its way; those in
 * a transaction of the caller's have the caller's.
 */
@Timeout(120)
class StatementBoundsIntegrationTests {

	private static final NewJob JOB = new NewJob("work", "default", null, 5, null, null, null, null, null, null);

	private final TestDatabase database = TestDatabase.empty();

	private final BoundsRecordingDataSource recording = new BoundsRecordingDataSource(this.database.dataSource);

	@Test
	void schemaIsCreatedUpgradedAndCheckedWithinBounds() {
		SchemaVersions.create(this.recording, 1);
		new SchemaInitializer(this.recording).initialize();
		new SchemaInitializer(this.recording).verify();
		assertBounded("create schema tasuki", "add column crash_owners", "select coalesce(max(version), 0)",
				"pg_advisory_xact_lock", "attach partition");
	}

	@Test
	void everyDutyOfMaintenanceIsBounded() {
		new SchemaInitializer(this.database.dataSource).initialize();
		PostgresMaintenanceStore store = new PostgresMaintenanceStore(this.recording);
		LocalDate day = store.missingArchiveDays(8).get(0);
		store.addArchiveDay(day);
		store.expiredArchiveDays(Duration.ofDays(1));
		store.dropArchiveDay(day);
		this.database.jdbc.execute(
				"""
						insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
						                             kind, reason)
						values (1, now(), now(), now() - interval '1 year', 1, 1, 5, 0, 'default', 'work', 'why')
						""");
		store.pruneDead(Duration.ofDays(1), Position.START, 10);
		store.pruneOwners(Duration.ofDays(1), 10);
		assertBounded("generate_series(0, ?)", "attach partition", "to_date(right(", "detach partition",
				"pg_try_advisory_xact_lock", "select died_at, id", "delete from tasuki.job_dead",
				"delete from tasuki.owner");
	}

	@Test
	void everyStatementOfAWorkerIsBounded() {
		new SchemaInitializer(this.database.dataSource).initialize();
		PostgresWorkerStores stores = new PostgresWorkerStores(this.recording, true);
		try (LeaseStore leases = stores.openLeaseStore(); CompletionStore completions = stores.openCompletionStore()) {
			for (Outcome outcome : List.of(new Outcome.Succeeded(), new Outcome.Cancelled("why"),
					new Outcome.HandedBack(0), new Outcome.Dead("why", 1))) {
				this.database.insert();
				ClaimedJob job = leases.claim(TestDatabase.anyWork(1)).get(0);
				leases.renew(List.of(job.lease()), TestDatabase.LEASE);
				leases.chargeCrash(job.lease());
				leases.crashedWorkers(job.lease());
				leases.writeReports(List.of(new Report(job.lease(), 50, null)));
				leases.look(Set.of("default"));
				completions.complete(List.of(TestDatabase.completion(job, outcome)));
				completions.complete(List.of(TestDatabase.completion(job, outcome)));
			}
			leases.announce(new WorkerReport(Duration.ZERO, TestDatabase.LEASE, false, 1, 0, Set.of("default"),
					Set.of("work"), List.of(), List.of()));
			leases.withdraw();
		}
		assertBounded("insert into tasuki.worker", "delete from tasuki.worker", "update tasuki.job",
				"insert into tasuki.owner", "insert into tasuki.job_archive", "insert into tasuki.job_dead",
				"tasuki.owner on owner.id", "as outlook", "select held.id");
	}

	/**
	 * Checks that all statements were bounded, and that these were among them.
	 */
	private void assertBounded(String... parts) {
		assertThat(this.recording.statements()).filteredOn((statement) -> !statement.setsBounds())
			.isNotEmpty()
			.allMatch(Bounded::isBounded);
		for (String part : parts) {
			assertThat(this.recording.statements()).as(part).anyMatch((statement) -> statement.sql().contains(part));
		}
	}

	@Test
	void notificationsAreSentWithinBoundsThatDoNotStay() throws SQLException {
		this.database.jdbc.execute("create schema shadow");
		this.database.jdbc.execute("create table shadow.seen (setting text)");
		this.database.jdbc.execute("""
				create function shadow.pg_notify(channel text, payload text) returns void language sql as $$
				  insert into shadow.seen
				  select name || ' ' || current_setting(name)
				    from unnest(array['lock_timeout', 'statement_timeout', 'synchronous_commit']) as name $$
				""");
		DataSource shadowed = this.database.withSearchPath("shadow, pg_catalog");
		try (NotificationConnection connection = NotificationConnection.open(shadowed)) {
			connection.listen();
			connection.send("text");
		}
		assertThat(this.database.jdbc.queryForList("select setting from shadow.seen", String.class))
			.containsExactlyInAnyOrder("lock_timeout 2s", "statement_timeout 4s", "synchronous_commit off");
	}

	@Test
	void enqueueingAndFindingOnAConnectionOfTheirOwnEnd() {
		new SchemaInitializer(this.database.dataSource).initialize();
		PostgresJobStore store = store();
		this.database.transactions.executeWithoutResult((status) -> {
			lockTables();
			assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> store.insert(List.of(JOB)));
			assertThatExceptionOfType(QueryTimeoutException.class)
				.isThrownBy(() -> store.insert(List.of(JOB, unique(), unique())));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.find(new JobId(1)));
		});
		assertThat(store.insert(List.of(JOB))).hasSize(1);
	}

	private static NewJob unique() {
		return new NewJob("work", "default", null, 5, null, null, null, UniqueKey.of("key"), null, null);
	}

	@Test
	void enqueueingInATransactionOfTheCallersWaitsAsLongAsTheCallerDoes() throws Exception {
		new SchemaInitializer(this.database.dataSource).initialize();
		PostgresJobStore store = store();
		TransactionTemplate callers = new TransactionTemplate(new JdbcTransactionManager(this.database.dataSource));
		ExecutorService caller = Executors.newSingleThreadExecutor();
		try {
			Future<?> enqueued = this.database.transactions.execute((status) -> {
				lockTables();
				Future<?> waiting = caller
					.submit(() -> callers.executeWithoutResult((callersStatus) -> store.insert(List.of(JOB))));
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::somebodyHasWaitedForTwoSeconds);
				assertThat(waiting).isNotDone();
				return waiting;
			});
			assertThat(enqueued).isNotNull();
			enqueued.get(60, TimeUnit.SECONDS);
			assertThat(this.database.count("job")).isOne();
		}
		finally {
			caller.shutdownNow();
		}
	}

	/** One second, rather than a minute. */
	private PostgresJobStore store() {
		return new PostgresJobStore(new CallersTransaction(this.database.dataSource, false,
				ConnectionEviction.byCutting(), Duration.ofSeconds(1)), true);
	}

	private void lockTables() {
		this.database.jdbc.execute("lock table tasuki.job, tasuki.job_dead in access exclusive mode");
	}

	private boolean somebodyHasWaitedForTwoSeconds() {
		return Boolean.TRUE.equals(this.database.jdbc.queryForObject("""
				select exists (select from pg_stat_activity
				                where datname = current_database() and wait_event_type = 'Lock'
				                  and query_start < clock_timestamp() - interval '2 seconds')""", Boolean.class));
	}

}
