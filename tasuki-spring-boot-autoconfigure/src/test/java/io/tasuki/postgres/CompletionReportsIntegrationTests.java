package io.tasuki.postgres;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.tasuki.FoundJob;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.LogLine;
import io.tasuki.RetentionMode;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outcome;
import io.tasuki.store.Report;
import io.tasuki.store.Report.Line;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What handlers said of jobs that have ended, and what was not written by then. */
@Timeout(60)
class CompletionReportsIntegrationTests extends CompletingTests {

	private static final Outcome RETRY = new Outcome.Retry(Duration.ofMinutes(1), null);

	private static final Outcome DEAD = new Outcome.Dead("out of attempts", 3);

	private PostgresJobStore jobs;

	@BeforeEach
	void openJobs() {
		this.jobs = new PostgresJobStore(database.dataSource, false, true, ConnectionEviction.byCutting());
	}

	static Stream<Arguments> endings() {
		return Stream.of(Arguments.of(new Outcome.Succeeded(), JobState.SUCCEEDED),
				Arguments.of(new Outcome.Cancelled("why"), JobState.CANCELLED), Arguments.of(DEAD, JobState.DEAD),
				Arguments.of(RETRY, JobState.AVAILABLE),
				Arguments.of(new Outcome.Snoozed(Duration.ofMinutes(1)), JobState.AVAILABLE),
				Arguments.of(new Outcome.HandedBack(0), JobState.AVAILABLE));
	}

	@ParameterizedTest
	@MethodSource("endings")
	@DisplayName("Rule 11: what is not written when an attempt ends is written with its outcome, whichever it is")
	void writesTheRestWithTheOutcome(Outcome outcome, JobState state) {
		ClaimedJob job = claim();
		Completed completed = this.store.complete(List.of(completion(job, outcome)));
		assertThat(completed.written()).containsExactly(job.lease());
		assertSaid(job, state);
	}

	@ParameterizedTest
	@MethodSource("endings")
	@DisplayName("Rule 11: a handler's own transaction writes what is left with the outcome")
	void writesTheRestInTheHandlersTransaction(Outcome outcome, JobState state) {
		for (int isolation : new int[] { TransactionDefinition.ISOLATION_READ_COMMITTED,
				TransactionDefinition.ISOLATION_SERIALIZABLE }) {
			database.clear();
			ClaimedJob job = claim();
			Completed completed = transactions(isolation).execute((status) -> {
				joined().lock(List.of(job.lease()));
				return joined().complete(completion(job, outcome));
			});
			assertThat(completed.written()).containsExactly(job.lease());
			assertSaid(job, state);
		}
	}

	private void assertSaid(ClaimedJob job, JobState state) {
		assertThat(this.jobs.find(job.job().id())).hasValueSatisfying((found) -> {
			assertThat(found.state()).isEqualTo(state);
			assertThat(found.logLines()).extracting(LogLine::text).containsExactly("last words");
			assertThat(found.logLines()).extracting(LogLine::attempt).containsExactly(1);
			assertThat(found.progress()).isEqualTo(99);
			assertThat(found.progressNote()).isEqualTo("nearly");
			assertThat(found.job().metadata()).isEqualTo(Map.of("row", "17"));
		});
	}

	@Test
	@DisplayName("Rule 11: a handler's transaction that is rolled back leaves what it said to whoever completes the job")
	void givesWhatWasRolledBackAgain() {
		ClaimedJob job = claim();
		transactions(TransactionDefinition.ISOLATION_DEFAULT).executeWithoutResult((status) -> {
			joined().complete(completion(job, new Outcome.Succeeded()));
			status.setRollbackOnly();
		});
		this.store.complete(List.of(completion(job, RETRY)));
		assertSaid(job, JobState.AVAILABLE);
	}

	@Test
	void waitsInTheHandlersTransactionForWhoeverHasTheRowLocked() throws Exception {
		ClaimedJob job = claim();
		Thread[] completing = new Thread[1];
		database.transactions.executeWithoutResult((status) -> {
			lock(job);
			completing[0] = new Thread(() -> transactions(TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((inner) -> joined().complete(completion(job, new Outcome.Succeeded()))));
			completing[0].start();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> Boolean.TRUE.equals(database.jdbc.queryForObject("""
						select exists (select from pg_stat_activity
						                where datname = current_database() and wait_event_type = 'Lock')""",
						Boolean.class)));
		});
		completing[0].join(30_000);
		assertSaid(job, JobState.SUCCEEDED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("Rule 8: what is cancelled instead keeps what was said, where an archive is kept")
	void keepsWhatWasSaidOfAJobThatIsCancelledInstead(boolean joined) {
		ClaimedJob job = claim();
		this.jobs.cancel(job.job().id());
		if (joined) {
			transactions(TransactionDefinition.ISOLATION_DEFAULT)
				.executeWithoutResult((status) -> joined().complete(completion(job, RETRY)));
		}
		else {
			this.store.complete(List.of(completion(job, RETRY)));
		}
		assertSaid(job, JobState.CANCELLED);
	}

	@Test
	@DisplayName("Rule 2: an outcome waits with what was said where the row is locked, and delays no other")
	void putsTheOutcomeOffWhileTheRowIsLocked() {
		ClaimedJob locked = claim();
		ClaimedJob free = claim();
		List<Completion> completions = List.of(completion(locked, new Outcome.Succeeded()),
				completion(free, new Outcome.Succeeded()));
		database.transactions.executeWithoutResult((status) -> {
			lock(locked);
			Completed completed = this.store.complete(completions);
			assertThat(completed.written()).containsExactly(free.lease());
			assertThat(completed.locked()).containsExactly(locked.lease());
		});
		assertThat(this.store.complete(completions.subList(0, 1)).written()).containsExactly(locked.lease());
		assertSaid(locked, JobState.SUCCEEDED);
		assertSaid(free, JobState.SUCCEEDED);
	}

	@Test
	@DisplayName("Rule 11: no outcome goes without what was said, though the lock on the row is let go of in between")
	void recordsNoOutcomeWithoutWhatWasSaid() throws SQLException {
		ClaimedJob job = claim();
		try (Connection holder = database.dataSource.getConnection()) {
			holder.setAutoCommit(false);
			holder.createStatement().execute("select from tasuki.job for update");
			DataSource releasing = before(ArchiveSucceededJobs.SQL, holder::rollback);
			try (PostgresCompletionStore completing = new PostgresCompletionStore(
					new EngineConnection(releasing, "tasuki test", Duration.ofSeconds(15), Duration.ofMillis(500)),
					true)) {
				Completion completion = completion(job, new Outcome.Succeeded());
				assertThat(completing.complete(List.of(completion)).locked()).containsExactly(job.lease());
				holder.rollback();
				assertThat(completing.complete(List.of(completion)).written()).containsExactly(job.lease());
			}
		}
		assertSaid(job, JobState.SUCCEEDED);
	}

	/** Returns a data source that does something before a statement. */
	private static DataSource before(String sql, Executable action) {
		return new DelegatingDataSource(database.dataSource) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
						new Class<?>[] { Connection.class }, (self, method, arguments) -> {
							if (method.getName().equals("prepareStatement") && sql.equals(arguments[0])) {
								action.execute();
							}
							return method.invoke(connection, arguments);
						});
			}

		};
	}

	@Test
	void saysNothingOfAJobWhoseLeaseIsLost() { // B35
		ClaimedJob job = claim();
		database.leaseToStranger(job.job().id().value());
		assertThat(this.store.complete(List.of(completion(job, RETRY))).absent()).containsExactly(job.lease());
		assertThat(find(job.job().id()).orElseThrow().logLines()).isEmpty();
		Completed joined = transactions(TransactionDefinition.ISOLATION_DEFAULT)
			.execute((status) -> joined().complete(completion(job, RETRY)));
		assertThat(joined.absent()).containsExactly(job.lease());
		assertThat(find(job.job().id()).orElseThrow().logLines()).isEmpty();
	}

	@Test
	@DisplayName("S27: what the server refuses to store keeps no job from its end")
	void endsAJobOfWhichTheServerRefusesWhatWasSaid() {
		ClaimedJob poison = claim();
		ClaimedJob other = claim();
		ClaimedJob transactional = claim();
		Report refused = new Report(poison.lease(), 1, "poison");
		database.jdbc
			.execute("alter table tasuki.job add constraint poison check (progress_note is distinct from 'poison')");
		try {
			Completed completed = this.store
				.complete(List.of(TestDatabase.completion(poison, new Outcome.Succeeded()).withReport(refused),
						completion(other, new Outcome.Succeeded())));
			assertThat(completed.written()).containsExactlyInAnyOrder(poison.lease(), other.lease());
			Report also = new Report(transactional.lease(), 1, "poison");
			Completed joined = transactions(TransactionDefinition.ISOLATION_DEFAULT).execute((status) -> joined()
				.complete(TestDatabase.completion(transactional, new Outcome.Succeeded()).withReport(also)));
			assertThat(joined.written()).containsExactly(transactional.lease());
		}
		finally {
			database.jdbc.execute("alter table tasuki.job drop constraint poison");
		}
		assertSaid(other, JobState.SUCCEEDED);
		for (ClaimedJob job : List.of(poison, transactional)) {
			assertThat(find(job.job().id()).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
			assertThat(find(job.job().id()).orElseThrow().progress()).isNull();
		}
	}

	@Test
	void keepsWhatWasSaidWhenADeadJobIsRetriedAndArchived() { // B45
		ClaimedJob job = claim();
		this.store.complete(List.of(completion(job, DEAD)));
		new QueueOperator(this.jobs).operations.retry(job.job().id());
		assertThat(find(job.job().id()).orElseThrow().logLines()).hasSize(1);
		this.jobs.cancel(job.job().id());
		FoundJob cancelled = find(job.job().id()).orElseThrow();
		assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
		assertThat(cancelled.logLines()).extracting(LogLine::text).containsExactly("last words");
		assertThat(cancelled.job().metadata()).isEqualTo(Map.of("row", "17"));
	}

	@Test
	@DisplayName("Rule 11: jobs whose handlers said nothing end by the statement that they always did, and no other")
	void asksNothingMoreForJobsThatSaidNothing() {
		BoundsRecordingDataSource recording = new BoundsRecordingDataSource(database.dataSource);
		PostgresWorkerStores stores = new PostgresWorkerStores(recording, true);
		database.insertMany(100);
		try (LeaseStore claiming = stores.openLeaseStore(); CompletionStore completing = stores.openCompletionStore()) {
			List<ClaimedJob> claimed = claiming.claim(TestDatabase.anyWork(100));
			completing.complete(List.of(TestDatabase.completion(claimed.get(0), new Outcome.Succeeded())));
			recording.statements().clear();
			List<Completion> silent = new ArrayList<>();
			claimed.subList(1, 99).forEach((job) -> silent.add(TestDatabase.completion(job, new Outcome.Succeeded())));
			assertThat(completing.complete(silent).written()).hasSize(98);
			assertThat(recording.statements()).singleElement()
				.satisfies((statement) -> assertThat(statement.sql()).isEqualTo(ArchiveSucceededJobs.SQL));
			Completion forgotten = completion(claimed.get(99), new Outcome.Succeeded())
				.withRetention(RetentionMode.NONE);
			recording.statements().clear();
			completing.complete(List.of(forgotten));
			assertThat(recording.statements()).as("a job that is not kept")
				.singleElement()
				.satisfies((statement) -> assertThat(statement.sql()).isEqualTo(DeleteCompletedJobs.SQL));
		}
	}

	private static Completion completion(ClaimedJob job, Outcome outcome) {
		Lease lease = job.lease();
		return TestDatabase.completion(job, outcome)
			.withReport(new Report(lease, new Report.Progress(99, "nearly"),
					List.of(new Line(lease.leaseNo(), 1, System.nanoTime(), "last words")), Map.of("row", "17")));
	}

	private static TransactionTemplate transactions(int isolation) {
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		transactions.setIsolationLevel(isolation);
		return transactions;
	}

	private JoinedCompletionStore joined() {
		return this.jobs.joinedCompletions(Duration.ofSeconds(30));
	}

	private static void lock(ClaimedJob job) {
		database.jdbc.queryForList("select from tasuki.job where id = ? for update", job.job().id().value());
	}

	private Optional<FoundJob> find(JobId id) {
		return this.jobs.find(id);
	}

}
