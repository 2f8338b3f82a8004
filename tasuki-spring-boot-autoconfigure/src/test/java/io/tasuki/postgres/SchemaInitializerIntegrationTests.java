package io.tasuki.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Outcome;
import io.tasuki.store.Report;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SchemaInitializerIntegrationTests {

	@Test
	void createsTablesAndArchivePartitionsOfTheDaysAhead() {
		TestDatabase database = TestDatabase.empty();
		new SchemaInitializer(database.dataSource).initialize();
		assertThat(database.jdbc.queryForList("select version from tasuki.schema_version", Integer.class))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, SchemaInitializer.SCRIPTS.size()).boxed().toList());
		assertThat(new FindMissingArchiveDays(database.jdbc).run(7)).isEmpty();
		assertThat(new FindMissingArchiveDays(database.jdbc).run(8)).hasSize(1);
	}

	@Test
	void changesNothingWhenUpToDate() {
		TestDatabase database = TestDatabase.withSchema();
		TestDatabase role = database.asNewRole("up_to_date_reader");
		database.jdbc.execute("grant usage on schema tasuki to up_to_date_reader");
		database.jdbc.execute("grant select on tasuki.schema_version to up_to_date_reader");
		assertThatNoException().isThrownBy(new SchemaInitializer(role.dataSource)::initialize);
		assertThatNoException().isThrownBy(new SchemaInitializer(role.dataSource)::verify);
	}

	@Test
	void appliesEachScriptOnceWhenInstancesStartTogether() throws Exception {
		TestDatabase database = TestDatabase.empty();
		ExecutorService instances = Executors.newFixedThreadPool(8);
		try {
			List<? extends Future<?>> starts = IntStream.range(0, 8)
				.mapToObj((number) -> instances.submit(new SchemaInitializer(database.dataSource)::initialize))
				.toList();
			for (Future<?> start : starts) {
				start.get();
			}
		}
		finally {
			instances.shutdownNow();
		}
		assertThat(database.count("schema_version")).isEqualTo(SchemaInitializer.SCRIPTS.size());
	}

	@Test
	void verifyNamesTheScriptsToApplyWhenThereIsNoSchema() {
		TestDatabase database = TestDatabase.empty();
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(database.dataSource)::verify)
			.withMessageContaining("version 7 of its schema is needed")
			.withMessageContaining(
					"V1__create_tasuki.sql, V2__name_crashed_workers.sql, V3__keep_labels_and_results.sql,"
							+ " V4__steer_queues.sql, V5__keep_log_lines.sql, V6__list_workers.sql,"
							+ " V7__check_less.sql")
			.withMessageContaining("tasuki.jdbc.initialize-schema=always");
		assertThat(database.jdbc.queryForObject("select to_regnamespace('tasuki') is null", Boolean.class)).isTrue();
	}

	@Test
	void namesTheMissingRightWhenTheRoleMayNotCreate() {
		TestDatabase role = TestDatabase.empty().asNewRole("may_not_create");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(role.dataSource)::initialize)
			.withMessageContaining("the database role may not create it")
			.withCauseInstanceOf(DataAccessException.class);
	}

	@Test
	void namesTheMissingRightWhenTheRoleMayNotRead() {
		TestDatabase role = TestDatabase.withSchema().asNewRole("may_not_read");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(role.dataSource)::initialize)
			.withMessageContaining("may not read the schema");
	}

	@Test
	void leavesNothingBehindWhenAScriptFails() {
		TestDatabase database = TestDatabase.empty();
		database.jdbc.execute("create schema tasuki");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(database.dataSource)::initialize)
			.withMessageContaining("already exists");
		assertThat(database.jdbc.queryForObject("select to_regclass('tasuki.job') is null", Boolean.class)).isTrue();
	}

	@Test
	void canStopAtAnEarlierVersion() { // S24
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 1);
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(database.dataSource)::verify)
			.withMessageContaining("has version 1 of the tasuki schema; version 7 is needed")
			.withMessageContaining(
					"[V2__name_crashed_workers.sql, V3__keep_labels_and_results.sql, V4__steer_queues.sql,"
							+ " V5__keep_log_lines.sql, V6__list_workers.sql, V7__check_less.sql]");
		new SchemaInitializer(database.dataSource).initialize();
		assertThatNoException().isThrownBy(new SchemaInitializer(database.dataSource)::verify);
	}

	@Test
	@Timeout(120)
	@DisplayName("S24: while a long transaction keeps the upgrade waiting, nobody else waits behind it")
	void letsOthersPassWhileItWaitsForALock() throws Exception {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 1);
		ExecutorService starting = Executors.newSingleThreadExecutor();
		try (Connection holder = database.dataSource.getConnection()) {
			holder.setAutoCommit(false);
			holder.createStatement().execute("select from tasuki.job");
			Future<?> upgrade = starting.submit(new SchemaInitializer(database.dataSource)::initialize);
			for (int i = 0; i < 3; i++) {
				Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting(database) == 1);
				// Queues behind the upgrade's own request for the table.
				database.insert();
			}
			assertThat(database.jdbc.queryForObject("select max(version) from tasuki.schema_version", Integer.class))
				.isOne();
			assertThat(upgrade).isNotDone();
			holder.rollback();
			upgrade.get(60, TimeUnit.SECONDS);
		}
		finally {
			starting.shutdownNow();
		}
		assertThatNoException().isThrownBy(new SchemaInitializer(database.dataSource)::verify);
		assertThat(database.count("job")).isEqualTo(3);
	}

	private static int waiting(TestDatabase database) {
		Integer waiting = database.jdbc.queryForObject("""
				select count(*) from pg_locks where relation = 'tasuki.job'::regclass and not granted""",
				Integer.class);
		return (waiting != null) ? waiting : -1;
	}

	@Test
	@DisplayName("S24: an upgrade that cannot get its lock in time says who holds it, and leaves the old version")
	void namesWhoHoldsTheLockWhenItGivesUp() throws SQLException {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 1);
		try (Connection holder = database.dataSource.getConnection()) {
			holder.createStatement().execute("set application_name = 'nightly report'");
			holder.setAutoCommit(false);
			holder.createStatement().execute("select from tasuki.job_dead");
			assertThatExceptionOfType(SchemaMissingException.class)
				.isThrownBy(new SchemaInitializer(database.dataSource, SchemaInitializer.SCRIPTS,
						Duration.ofMillis(300))::initialize)
				.withMessageContaining("has version 1")
				.withMessageContaining("'nightly report' (idle in transaction");
		}
		assertThat(database.jdbc.queryForObject("select max(version) from tasuki.schema_version", Integer.class))
			.isOne();
		assertThat(database.jdbc.queryForObject("select to_regclass('tasuki.owner') is null", Boolean.class)).isTrue();
	}

	@Test
	@Timeout(120)
	@DisplayName("S24: version 4 is applied while somebody has every table of version 3 to himself")
	void needsNoLockOnWhatVersion3HasToBecomeVersion4() throws SQLException {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 3);
		try (Connection holder = database.dataSource.getConnection()) {
			holder.setAutoCommit(false);
			holder.createStatement()
				.execute("lock table tasuki.job, tasuki.job_dead, tasuki.job_archive, tasuki.owner"
						+ " in access exclusive mode");
			new SchemaInitializer(database.dataSource, SchemaInitializer.SCRIPTS.subList(0, 4), Duration.ofSeconds(30))
				.initialize();
		}
		assertThat(database.jdbc.queryForObject("select max(version) from tasuki.schema_version", Integer.class))
			.isEqualTo(4);
	}

	@Test
	@Timeout(120)
	@DisplayName("S24: version 5 is applied to jobs of version 4 beside a worker that holds one, which then reports")
	void addsLogLinesToJobsOfVersion4() {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 4);
		database.insert();
		try (PostgresLeaseStore leases = database.leaseStore();
				PostgresCompletionStore completions = database.completionStore(true)) {
			ClaimedJob job = leases.claim(TestDatabase.anyWork(1)).get(0);
			SchemaVersions.create(database.dataSource, 5);
			Report report = new Report(job.lease(), null, List.of(new Report.Line(1, 1, System.nanoTime(), "after")),
					null);
			assertThat(leases.writeReports(List.of(report))).containsExactly(job.lease());
			completions.complete(List.of(TestDatabase.completion(job, new Outcome.Succeeded())));
		}
		assertThat(database.jdbc.queryForObject("select log_lines->0->>'text' from tasuki.job_archive", String.class))
			.isEqualTo("after");
		assertThat(database.jdbc.queryForObject("select max(version) from tasuki.schema_version", Integer.class))
			.isEqualTo(5);
	}

	@Test
	@Timeout(120)
	@DisplayName("S24: version 6 is applied while somebody has every table of jobs to himself")
	void needsNoLockOnJobsToBecomeVersion6() throws SQLException {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 5);
		try (Connection holder = database.dataSource.getConnection()) {
			holder.setAutoCommit(false);
			holder.createStatement()
				.execute("lock table tasuki.job, tasuki.job_dead, tasuki.job_archive, tasuki.queue"
						+ " in access exclusive mode");
			new SchemaInitializer(database.dataSource, SchemaInitializer.SCRIPTS.subList(0, 6), Duration.ofSeconds(30))
				.initialize();
		}
		assertThat(database.jdbc.queryForObject("select max(version) from tasuki.schema_version", Integer.class))
			.isEqualTo(6);
	}

	@Test
	@DisplayName("S24: an instance of version 5 registers its owners in a database of version 6, and is not listed")
	void takesOwnersOfInstancesOfVersion5() { // B55
		TestDatabase database = TestDatabase.withSchema();
		database.jdbc.update("""
				insert into tasuki.owner (id, worker, opened_at, seen_at) values (1, 'old (pid 1)', now(), now())
				on conflict (id) do update set seen_at = now()""");
		assertThat(new QueueOperator(database.dataSource).operations.workers()).isEmpty();
	}

	@Test
	void saysWhoMayUpgradeWhenTheRoleMayNot() {
		TestDatabase database = TestDatabase.empty();
		SchemaVersions.create(database.dataSource, 1);
		TestDatabase role = database.asNewRole("does_not_own");
		database.jdbc.execute("grant usage, create on schema tasuki to does_not_own");
		database.jdbc.execute("grant all on all tables in schema tasuki to does_not_own");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(role.dataSource)::initialize)
			.withMessageContaining("the one that owns the tables");
	}

	@Test
	void knowsEveryScriptThereIs() throws IOException {
		Resource[] scripts = new PathMatchingResourcePatternResolver()
			.getResources("classpath:io/tasuki/postgres/schema/*");
		assertThat(Arrays.stream(scripts).map(Resource::getFilename))
			.containsExactlyInAnyOrderElementsOf(SchemaInitializer.SCRIPTS);
	}

}
