package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Outcome;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a cancel does to a job, and how it is part of the caller's transaction. */
@Timeout(60)
class CancelIntegrationTests extends CompletingTests {

	private QueueClient client;

	private TransactionTemplate transaction;

	@BeforeEach
	void openClient() {
		this.client = new QueueClient(database.dataSource);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1 second", "1 hour" })
	void aJobThatWaitsMovesToTheArchiveAtOnce(String runAt) { // B43
		JobId id = new JobId(database.insert("default", "work", 3, runAt));
		assertThat(this.client.cancel(id)).isEqualTo(new Cancellation(id, Effect.CANCELLED, "{\"n\": 1}")); // B44
		assertThat(database.count("job")).isZero();
		assertThat(archived(id)).containsEntry("outcome", 2)
			.containsEntry("reason", "Cancelled by request")
			.containsEntry("attempt", 0)
			.containsEntry("priority", 3)
			.containsEntry("kind", "work");
		assertThat(this.client.cancelRequests()).isEmpty();
		assertThat(this.client.find(id)).hasValueSatisfying((found) -> {
			assertThat(found.state()).isEqualTo(JobState.CANCELLED);
			assertThat(found.reason()).isEqualTo("Cancelled by request");
			assertThat(found.job().payload()).isEqualTo("{\"n\": 1}");
			assertThat(found.finishedAt()).isNotNull();
		});
		assertThat(this.leases.claim(TestDatabase.anyWork(1))).isEmpty();
	}

	@Test
	void aJobThatWaitsForItsNextAttemptKeepsTheErrorsOfTheOthers() { // B43
		ClaimedJob job = claim();
		this.store.complete(List.of(new Completion(job.lease(), new Outcome.Snoozed(Duration.ZERO),
				new Failure("java.io.IOException", "broken", null))));
		assertThat(this.client.cancel(job.job().id()).effect()).isEqualTo(Effect.CANCELLED);
		assertThat(this.client.find(job.job().id()))
			.hasValueSatisfying((found) -> assertThat(found.errors()).singleElement()
				.satisfies((error) -> assertThat(error.message()).isEqualTo("broken")));
	}

	@Test
	void aJobThatWaitsIsDeletedWhereNoArchiveIsKept() { // B48
		QueueClient deleting = new QueueClient(
				new PostgresJobStore(database.dataSource, false, false, ConnectionEviction.byCutting()));
		JobId id = new JobId(database.insert());
		assertThat(deleting.cancel(id).effect()).isEqualTo(Effect.CANCELLED);
		assertThat(database.count("job")).isZero();
		assertThat(database.count("job_archive")).isZero();
	}

	@Test
	void aRunningJobIsMarkedAndItsWorkerTold() { // B41
		ClaimedJob job = claim();
		assertThat(this.client.cancel(job.job().id()))
			.isEqualTo(new Cancellation(job.job().id(), Effect.REQUESTED, "{\"n\": 1}")); // B44
		assertThat(database.isNull("cancel_requested_at", job.job().id().value())).isFalse();
		assertThat(database.column("lease_no", job.job().id().value(), Integer.class)).isEqualTo(1);
		assertThat(this.client.cancelRequests()).containsExactly(job.job().id());
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.client.cancel(job.job().id()).effect()).isEqualTo(Effect.REQUESTED);
		assertThat(this.client.cancelRequests()).hasSize(2);
	}

	@Test
	void aJobWhoseWorkerDiedIsMarkedAndTheNextClaimTellsSo() { // B41, rule 8
		ClaimedJob job = claim();
		database.jdbc.update("update tasuki.job set lock_owner = 4711");
		database.expireLease(job.job().id().value());
		assertThat(this.client.cancel(job.job().id()).effect()).isEqualTo(Effect.REQUESTED);
		assertThat(this.leases.claim(TestDatabase.anyWorkAndLostLeases(1))).singleElement()
			.satisfies((taken) -> assertThat(taken.cancelRequested()).isTrue());
	}

	@Test
	void aClaimOfAJobThatNobodyCancelledTellsNothing() {
		assertThat(claim().cancelRequested()).isFalse();
	}

	@Test
	@DisplayName("S9: a job that has finished, in whatever way, is not touched by a cancel")
	void aFinishedJobIsNotTouched() {
		for (Outcome outcome : List.of(new Outcome.Succeeded(), new Outcome.Cancelled("no longer wanted"),
				new Outcome.Dead("out of attempts", 3))) {
			ClaimedJob job = claim();
			this.store.complete(List.of(TestDatabase.completion(job, outcome)));
			List<Map<String, Object>> before = finishedRows();
			assertThat(this.client.cancel(job.job().id())).isEqualTo(new Cancellation(job.job().id(), Effect.NONE));
			assertThat(finishedRows()).isEqualTo(before);
		}
		assertThat(this.client.cancel(new JobId(Long.MAX_VALUE)).effect()).isEqualTo(Effect.NONE);
		assertThat(this.client.cancelRequests()).isEmpty();
	}

	@Test
	@DisplayName("S32, rule 6: a cancel leaves the caller's transaction alive where the archive takes nothing")
	void cancelsWithoutAnArchiveRowWhereThereIsNoPartition() {
		TestDatabase own = TestDatabase.withSchema();
		own.jdbc
			.queryForList("select (now() at time zone 'UTC')::date + number from generate_series(0, 7) as number",
					LocalDate.class)
			.forEach((day) -> new DropArchiveDay(own.jdbc).run(day));
		assertCancelsWithoutAnArchiveRow(own, own);
	}

	@Test
	@DisplayName("S32, rule 6: a cancel leaves the caller's transaction alive where the role may not archive")
	void cancelsWithoutAnArchiveRowWhereTheRoleMayNotWriteThem() {
		TestDatabase own = TestDatabase.withSchema();
		TestDatabase role = own.asNewRole("canceller");
		own.jdbc.execute("grant usage on schema tasuki to canceller");
		own.jdbc.execute("grant select, insert, update, delete on tasuki.job to canceller");
		assertCancelsWithoutAnArchiveRow(own, role);
	}

	private static void assertCancelsWithoutAnArchiveRow(TestDatabase own, TestDatabase caller) {
		JobId id = new JobId(own.insert());
		QueueClient client = new QueueClient(caller.dataSource);
		new TransactionTemplate(new JdbcTransactionManager(caller.dataSource)).executeWithoutResult((status) -> {
			assertThat(client.cancel(id).effect()).isEqualTo(Effect.CANCELLED);
			client.enqueue(QueueClient.request("after"));
		});
		assertThat(own.jdbc.queryForList("select queue from tasuki.job", String.class)).containsExactly("after");
		assertThat(own.count("job_archive")).isZero();
	}

	@Test
	void aCancelIsUndoneByARollback() { // B43
		JobId waiting = new JobId(database.insert("other", "work", 5, "-1 second"));
		ClaimedJob running = claim();
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.client.cancel(waiting).effect()).isEqualTo(Effect.CANCELLED);
			assertThat(this.client.cancel(running.job().id()).effect()).isEqualTo(Effect.REQUESTED);
			assertThat(this.client.find(waiting))
				.hasValueSatisfying((found) -> assertThat(found.state()).isEqualTo(JobState.CANCELLED));
			status.setRollbackOnly();
		});
		assertThat(database.isNull("cancel_requested_at", waiting.value())).isTrue();
		assertThat(database.isNull("cancel_requested_at", running.job().id().value())).isTrue();
		assertThat(database.count("job_archive")).isZero();
		assertThat(this.client.cancelRequests()).isEmpty();
	}

	@Test
	void theWorkerIsToldAfterTheCommitOnly() { // B41
		ClaimedJob one = claim();
		ClaimedJob two = claim();
		this.transaction.executeWithoutResult((status) -> {
			this.client.cancel(one.job().id());
			this.client.cancel(two.job().id());
			this.client.cancel(one.job().id());
			assertThat(this.client.cancelRequests()).isEmpty();
		});
		assertThat(this.client.cancelRequests()).containsExactly(one.job().id(), two.job().id());
	}

	@Test
	void aJobEnqueuedInTheSameTransactionIsGoneAsIfItHadNotBeen() { // B43
		this.transaction.executeWithoutResult((status) -> {
			JobId id = this.client.enqueue(QueueClient.request("q").withUniqueKey("k")).id();
			assertThat(this.client.cancel(id).effect()).isEqualTo(Effect.CANCELLED);
			assertThat(this.client.enqueue(QueueClient.request("q").withUniqueKey("k")).created()).isTrue();
		});
		assertThat(database.count("job")).isOne();
		assertThat(database.count("job_archive")).isOne();
	}

	@Test
	void refusesATransactionThatCannotCarryIt() { // B43
		JobId id = new JobId(database.insert());
		TransactionTemplate readOnly = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		readOnly.setReadOnly(true);
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(() -> readOnly.executeWithoutResult((status) -> this.client.cancel(id)))
			.withMessageContaining("Nothing was enqueued or cancelled");
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(() -> database.transactions.executeWithoutResult((status) -> this.client.cancel(id)))
			.withMessageContaining("tasuki.client.allow-unrelated-transaction=true");
		assertThat(database.isNull("cancel_requested_at", id.value())).isTrue();
	}

	@Test
	@DisplayName("S9: a cancel that meets a claim under way waits for it and finds the job running")
	void waitsForAClaim() {
		JobId id = new JobId(database.insert());
		CompletableFuture<Cancellation> cancel = database.transactions.execute((status) -> {
			database.leaseToStranger(id.value());
			return cancelMeanwhile(id);
		});
		assertThat(cancel.join().effect()).isEqualTo(Effect.REQUESTED);
		assertThat(database.isNull("cancel_requested_at", id.value())).isFalse();
		assertThat(database.column("lock_owner", id.value(), Long.class)).isEqualTo(-1);
	}

	@Test
	@DisplayName("S9: a cancel that meets a retry under way waits for it and ends the job")
	void waitsForARetry() {
		ClaimedJob job = claim();
		CompletableFuture<Cancellation> cancel = database.transactions.execute((status) -> {
			database.jdbc.update("update tasuki.job set lease_expires_at = null, lock_owner = null");
			return cancelMeanwhile(job.job().id());
		});
		assertThat(cancel.join().effect()).isEqualTo(Effect.CANCELLED);
		assertThat(database.count("job")).isZero();
		assertThat(archived(job.job().id())).containsEntry("outcome", 2);
	}

	@Test
	@DisplayName("S9: a cancel that meets a completion under way waits for it and finds the job finished")
	void waitsForACompletion() {
		ClaimedJob job = claim();
		CompletableFuture<Cancellation> cancel = database.transactions.execute((status) -> {
			database.jdbc.update("delete from tasuki.job");
			return cancelMeanwhile(job.job().id());
		});
		assertThat(cancel.join().effect()).isEqualTo(Effect.NONE);
	}

	@Test
	void aTransactionThatKeepsItsSnapshotHearsOfAConflict() {
		ClaimedJob job = claim();
		TransactionTemplate repeatable = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		assertThatExceptionOfType(ConcurrencyFailureException.class)
			.isThrownBy(() -> repeatable.executeWithoutResult((status) -> {
				assertThat(this.client.find(job.job().id())).isPresent();
				this.leases.renew(List.of(job.lease()), TestDatabase.LEASE);
				this.client.cancel(job.job().id());
			}));
		assertThat(database.isNull("cancel_requested_at", job.job().id().value())).isTrue();
	}

	@Test
	@DisplayName("S29, rule 2: while a transaction holds a cancel open, others complete, and the job is held, not lost")
	void anOpenCancelDelaysOnlyItsOwnJob() {
		ClaimedJob cancelled = claim();
		ClaimedJob other = claim();
		Outcome retry = new Outcome.Retry(Duration.ZERO, null);
		this.transaction.executeWithoutResult((status) -> {
			this.client.cancel(cancelled.job().id());
			List<Completion> group = List.of(TestDatabase.completion(cancelled, retry),
					TestDatabase.completion(other, retry));
			assertThat(this.store.complete(group)).satisfies((completed) -> {
				assertThat(completed.written()).containsExactly(other.lease());
				assertThat(completed.locked()).containsExactly(cancelled.lease());
				assertThat(completed.absent()).isEmpty();
				assertThat(completed.cancelled()).isEmpty();
			});
			assertThat(this.leases.renew(List.of(cancelled.lease()), TestDatabase.LEASE)).satisfies((renewal) -> {
				assertThat(renewal.renewed()).isEmpty();
				assertThat(renewal.lost()).isEmpty();
			});
		});
		assertThat(this.store.complete(List.of(TestDatabase.completion(cancelled, retry))).cancelled())
			.containsExactly(cancelled.lease());
	}

	private CompletableFuture<Cancellation> cancelMeanwhile(JobId id) {
		CompletableFuture<Cancellation> cancel = CompletableFuture.supplyAsync(() -> this.client.cancel(id));
		Awaitility.await("the cancel waits for the row")
			.until(() -> Boolean.TRUE.equals(database.jdbc.queryForObject("""
					select count(*) = 1 from pg_stat_activity
					 where datname = current_database() and wait_event_type = 'Lock'
					""", Boolean.class)));
		return cancel;
	}

	private static List<Map<String, Object>> finishedRows() {
		return database.jdbc.queryForList("""
				select id, xmin::text, finished_at, outcome, reason from tasuki.job_archive
				union all
				select id, xmin::text, died_at, 3, reason from tasuki.job_dead
				order by id
				""");
	}

}
