package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPageRequest;
import io.tasuki.JobState;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.WakeUp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What operating jobs does to them, and how it is part of the caller's transaction. */
@Timeout(60)
class OperateJobsIntegrationTests extends CompletingTests {

	private static final String PAYLOAD = "{\"n\": 1}";

	private QueueOperator operator;

	private JobOperations operations;

	private TransactionTemplate transaction;

	@BeforeEach
	void openOperations() {
		this.operator = new QueueOperator(database.dataSource);
		this.operations = this.operator.operations;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
	}

	@Test
	void cancelsTheJobThatHasAKeyAndAnswersWithItsPayload() { // B43, B44
		JobId id = withKey("k");
		assertThat(this.operations.cancelByKey("default", "k"))
			.hasValue(new Cancellation(id, Effect.CANCELLED, PAYLOAD));
		assertThat(archivedOutcome(id)).isEqualTo(2);
		assertThat(this.operations.cancelByKey("default", "k")).isEmpty();
		assertThat(this.operations.cancelByKey("other", "k")).isEmpty();
	}

	@Test
	void cancelsTheRunningJobThatHasAKeyAndTellsItsWorkerAfterTheCommit() { // B43, B44
		JobId id = withKey("k");
		database.leaseToStranger(id.value());
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.operations.cancelByKey("default", "k"))
				.hasValue(new Cancellation(id, Effect.REQUESTED, PAYLOAD));
			assertThat(this.operator.cancelRequests()).isEmpty();
		});
		assertThat(this.operator.cancelRequests()).containsExactly(id);
	}

	@Test
	void cancelsAllJobsOfALabelPageByPage() { // B43, B44
		JobId one = withLabel("import");
		JobId two = withLabel("import");
		JobId running = withLabel("import");
		database.leaseToStranger(running.value());
		JobId other = withLabel("export");
		List<Cancellation> cancelled = QueueOperator.all(2, (page) -> this.operations.cancelByLabel("import", page));
		assertThat(cancelled).containsExactly(new Cancellation(one, Effect.CANCELLED, PAYLOAD),
				new Cancellation(two, Effect.CANCELLED, PAYLOAD), new Cancellation(running, Effect.REQUESTED, PAYLOAD));
		assertThat(this.operator.cancelRequests()).containsExactly(running);
		assertThat(liveIds()).containsExactly(running.value(), other.value());
		assertThat(this.operations.cancelByLabel("import", JobPageRequest.ofSize(10)).items())
			.as("those cancelled before are passed over")
			.isEmpty();
	}

	@Test
	void cancelsByFilterWithoutAnArchiveWhereNoneIsKept() { // B43, B48
		JobOperations deleting = new QueueOperator(
				new PostgresJobStore(database.dataSource, false, false, ConnectionEviction.byCutting())).operations;
		database.insert("a", "work", 5, "0");
		long kept = database.insert("b", "work", 5, "0");
		assertThat(deleting.cancelAll(JobFilter.live().withQueue("a"), JobPageRequest.ofSize(10)).items()).hasSize(1);
		assertThat(liveIds()).containsExactly(kept);
		assertThat(database.count("job_archive")).isZero();
	}

	@Test
	@DisplayName("S9: a job that was claimed since it was found waiting is not cancelled as a waiting one")
	void cancelsOnlyWhatIsStillInTheStateThatWasAskedFor() { // B43
		JobId id = new JobId(database.insert());
		CompletableFuture<List<Cancellation>> cancel = database.transactions.execute((status) -> {
			database.leaseToStranger(id.value());
			CompletableFuture<List<Cancellation>> meanwhile = CompletableFuture.supplyAsync(
					() -> this.operations.cancelAll(JobFilter.of(JobState.AVAILABLE), JobPageRequest.ofSize(10))
						.items());
			awaitBlocked();
			return meanwhile;
		});
		assertThat(cancel.join()).isEmpty();
		assertThat(database.isNull("cancel_requested_at", id.value())).isTrue();
	}

	@Test
	void aRollbackUndoesEverything() { // B43, B45, B46, B47
		JobId waiting = withKey("k");
		JobId dead = bury(claim(), "broken");
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.operations.runNow(waiting).effect()).isEqualTo(Rescheduling.Effect.RESCHEDULED);
			assertThat(this.operations.retry(dead).effect()).isEqualTo(Retrial.Effect.RETRIED);
			assertThat(this.operations.cancelAll(JobFilter.live(), JobPageRequest.ofSize(10)).items()).hasSize(2);
			assertThat(this.operations.deleteAll(JobFilter.finished(), JobPageRequest.ofSize(10)).items()).hasSize(2);
			status.setRollbackOnly();
		});
		assertThat(liveIds()).containsExactly(waiting.value());
		assertThat(database.count("job_dead")).isOne();
		assertThat(database.count("job_archive")).isZero();
		assertThat(this.operator.sent()).isEmpty();
	}

	@Test
	void refusesATransactionThatCannotCarryIt() { // B43
		TransactionTemplate readOnly = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		readOnly.setReadOnly(true);
		JobPageRequest page = JobPageRequest.ofSize(1);
		JobId id = new JobId(1);
		for (Runnable change : List.<Runnable>of(() -> this.operations.cancelAll(JobFilter.live(), page),
				() -> this.operations.cancelByKey("q", "k"), () -> this.operations.runNow(id),
				() -> this.operations.reschedule(id, Duration.ZERO), () -> this.operations.retry(id),
				() -> this.operations.retryAll(JobFilter.dead(), page),
				() -> this.operations.deleteAll(JobFilter.dead(), page))) {
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> readOnly.executeWithoutResult((status) -> change.run()))
				.withMessageContaining("is read-only");
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> database.transactions.executeWithoutResult((status) -> change.run()))
				.withMessageContaining("does not cover the queue's data source");
		}
	}

	@Test
	void refusesFiltersOfOtherJobs() { // B43, B45, B47
		JobPageRequest page = JobPageRequest.ofSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.cancelAll(JobFilter.dead(), page))
			.withMessage("Only live jobs can be cancelled, not those of the states [DEAD]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.retryAll(JobFilter.live(), page))
			.withMessageContaining("Only dead jobs can be retried");
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.deleteAll(JobFilter.live(), page))
			.withMessage("Live jobs are not deleted but cancelled: use cancelAll");
	}

	@Test
	void reschedulesAWaitingJobAndTellsWorkersWhenItIsDue() { // B46
		JobId id = new JobId(database.insert("default", "work", 3, "1 hour"));
		assertThat(this.operations.reschedule(id, Duration.ofMinutes(5)).effect())
			.isEqualTo(Rescheduling.Effect.RESCHEDULED);
		assertThat(this.operator.sent()).singleElement().satisfies((wakeUp) -> {
			assertThat(wakeUp.queue()).isEqualTo("default");
			assertThat(wakeUp.priority()).isEqualTo(3);
			assertThat(wakeUp.dueIn()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
			assertThat(wakeUp.position().id()).isEqualTo(id.value());
		});
		Instant later = Instant.parse("2100-01-01T00:00:00Z");
		assertThat(this.operations.reschedule(id, later).effect()).isEqualTo(Rescheduling.Effect.RESCHEDULED);
		assertThat(database.instant("run_at", id.value())).isEqualTo(later);
		assertThat(this.operations.reschedule(id, Instant.EPOCH).effect()).isEqualTo(Rescheduling.Effect.RESCHEDULED);
		assertThat(this.leases.claim(TestDatabase.anyWork(1))).hasSize(1);
	}

	@Test
	void aWaitingJobRunsNowAndOneThatIsDueKeepsItsPlace() { // B46
		JobId later = new JobId(database.insert("default", "work", 5, "1 hour"));
		JobId due = new JobId(database.insert("default", "work", 5, "-1 hour"));
		Instant dueAt = database.instant("run_at", due.value());
		assertThat(this.operations.runNow(later).effect()).isEqualTo(Rescheduling.Effect.RESCHEDULED);
		assertThat(this.operations.runNow(due).effect()).isEqualTo(Rescheduling.Effect.RESCHEDULED);
		assertThat(database.instant("run_at", due.value())).isEqualTo(dueAt);
		assertThat(this.operator.sent()).hasSize(2).allMatch(WakeUp::due);
		assertThat(this.leases.claim(TestDatabase.anyWork(2))).extracting((job) -> job.job().id())
			.containsExactly(due, later);
	}

	@Test
	void saysWhyAJobIsNotRescheduled() { // B46
		ClaimedJob running = claim();
		JobId dead = bury(claim(), "broken");
		ClaimedJob succeeded = claim();
		this.store.complete(List.of(TestDatabase.completion(succeeded, new Outcome.Succeeded())));
		assertThat(this.operations.runNow(running.job().id()).effect()).isEqualTo(Rescheduling.Effect.RUNNING);
		assertThat(this.operations.runNow(dead).effect()).isEqualTo(Rescheduling.Effect.DEAD);
		assertThat(this.operations.runNow(succeeded.job().id()).effect()).isEqualTo(Rescheduling.Effect.FINISHED);
		assertThat(this.operations.runNow(new JobId(Long.MAX_VALUE)).effect()).isEqualTo(Rescheduling.Effect.UNKNOWN);
		assertThat(this.operator.sent()).isEmpty();
	}

	@Test
	@DisplayName("B46: a rescheduling that meets a claim under way waits for it and finds the job running")
	void aReschedulingWaitsForAClaim() {
		JobId id = new JobId(database.insert());
		CompletableFuture<Rescheduling> reschedule = database.transactions.execute((status) -> {
			database.leaseToStranger(id.value());
			CompletableFuture<Rescheduling> meanwhile = CompletableFuture
				.supplyAsync(() -> this.operations.reschedule(id, Duration.ofHours(1)));
			awaitBlocked();
			return meanwhile;
		});
		assertThat(reschedule.join().effect()).isEqualTo(Rescheduling.Effect.RUNNING);
	}

	@Test
	void refusesTimesOutOfRange() { // B46
		JobId id = new JobId(7);
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.reschedule(id, Duration.ofSeconds(-1)))
			.withMessageContaining("Delay must be from zero to")
			.withMessageContaining("job 7");
		assertThatIllegalArgumentException().isThrownBy(() -> this.operations.reschedule(id, Duration.ofDays(365_001)))
			.withMessageContaining("Delay must be from zero to");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.operations.reschedule(id, Instant.parse("+10000-01-01T00:00:00Z")))
			.withMessageContaining("Run-at must not be after 9999-12-31T23:59:59Z");
	}

	@Test
	@DisplayName("Rule 9: a retried job keeps its id, its errors and the numbers of its leases, and starts anew")
	void retriesADeadJob() { // B45
		ClaimedJob job = claim();
		database.jdbc.update("update tasuki.job set unique_key = 'k', label = 'l', lease_no = 5");
		this.store.complete(List.of(new Completion(new Lease(job.lease().id(), 5, job.lease().owner()),
				new Outcome.Dead("broken", 1), new Failure("java.io.IOException", "io", null))));
		JobId id = job.job().id();
		assertThat(this.operations.retry(id)).isEqualTo(new Retrial(id, Retrial.Effect.RETRIED, null));
		assertThat(database.count("job_dead")).isZero();
		assertThat(this.operator.sent()).singleElement().satisfies((wakeUp) -> {
			assertThat(wakeUp.due()).isTrue();
			assertThat(wakeUp.position().id()).isEqualTo(id.value());
		});
		assertThat(database.jdbc.queryForMap("select * from tasuki.job")).containsEntry("id", id.value())
			.containsEntry("lease_no", 5)
			.containsEntry("attempt", 0)
			.containsEntry("crashes", 0)
			.containsEntry("unique_key", "k")
			.containsEntry("label", "l")
			.containsEntry("max_attempts", 1);
		assertThat(new QueueClient(database.dataSource).find(id))
			.hasValueSatisfying((found) -> assertThat(found.errors()).hasSize(1));
		assertThat(this.leases.claim(TestDatabase.request(1, false, TestDatabase.line("claimed", 1, "work"))))
			.singleElement()
			.satisfies((claimed) -> {
				assertThat(claimed.job().attempt()).isOne();
				assertThat(claimed.lease().leaseNo()).isEqualTo(6);
			});
		assertThat(this.operations.retry(id)).isEqualTo(new Retrial(id, Retrial.Effect.NOT_DEAD, null));
	}

	@Test
	@DisplayName("Rule 9: a retry whose unique key is taken says by whom, and leaves the letter")
	void reportsATakenKey() { // B45
		JobId dead = buryWithKey("k");
		JobId holder = withKey("k");
		assertThat(this.operations.retry(dead)).isEqualTo(new Retrial(dead, Retrial.Effect.KEY_TAKEN, holder));
		assertThat(database.count("job_dead")).isOne();
		assertThat(liveIds()).containsExactly(holder.value());
	}

	@Test
	@DisplayName("S16: a retry whose key is held by a transaction that rolls back is carried out")
	void retriesWhenTheHolderOfTheKeyRollsBack() { // B45
		JobId dead = buryWithKey("k");
		CompletableFuture<Retrial> retry = database.transactions.execute((status) -> {
			withKey("k");
			CompletableFuture<Retrial> meanwhile = CompletableFuture.supplyAsync(() -> this.operations.retry(dead));
			awaitBlocked();
			status.setRollbackOnly();
			return meanwhile;
		});
		assertThat(retry.join().effect()).isEqualTo(Retrial.Effect.RETRIED);
		assertThat(liveIds()).containsExactly(dead.value());
	}

	@Test
	void retriesDeadJobsOfAFilterPageByPage() { // B45
		JobId one = bury(claim(), "broken");
		JobId first = buryWithKey("twice");
		JobId second = buryWithKey("twice");
		bury(claimOf("other"), "broken");
		List<Retrial> retrials = QueueOperator.all(2,
				(page) -> this.operations.retryAll(JobFilter.dead().withKind("work"), page));
		assertThat(retrials).extracting(Retrial::id).containsExactlyInAnyOrder(one, first, second);
		assertThat(retrials).filteredOn((retrial) -> retrial.effect() == Retrial.Effect.RETRIED).hasSize(2);
		assertThat(retrials).filteredOn((retrial) -> retrial.effect() == Retrial.Effect.KEY_TAKEN)
			.singleElement()
			.satisfies((retrial) -> assertThat(retrial.keyHolder()).isIn(first, second));
		assertThat(database.count("job")).isEqualTo(2);
		assertThat(database.count("job_dead")).isEqualTo(2);
		assertThat(this.operator.sent()).isNotEmpty();
	}

	@Test
	void deletesFinishedAndDeadJobsByAge() { // B47
		JobId dead = bury(claim(), "broken");
		ClaimedJob finished = claim();
		this.store.complete(List.of(TestDatabase.completion(finished, new Outcome.Succeeded())));
		ClaimedJob running = claim();
		JobPageRequest page = JobPageRequest.ofSize(10);
		Instant past = Instant.now().minus(Duration.ofHours(1));
		Instant soon = Instant.now().plus(Duration.ofHours(1));
		assertThat(this.operations.deleteAll(JobFilter.dead().withFinishedBefore(past), page).items()).isEmpty();
		assertThat(this.operations.deleteAll(JobFilter.finished().withFinishedBefore(past), page).items()).isEmpty();
		assertThat(this.operations.deleteAll(JobFilter.of(JobState.CANCELLED), page).items()).isEmpty();
		assertThat(this.operations.deleteAll(JobFilter.dead().withFinishedBefore(soon), page).items())
			.containsExactly(dead);
		assertThat(this.operations.deleteAll(JobFilter.finished().withFinishedBefore(soon), page).items())
			.containsExactly(finished.job().id());
		assertThat(database.count("job_dead") + database.count("job_archive")).isZero();
		assertThat(liveIds()).containsExactly(running.job().id().value());
	}

	@Test
	void deletesNoMoreThanAPageAtATime() { // B47
		for (int i = 0; i < 5; i++) {
			bury(claim(), "broken");
			this.store.complete(List.of(TestDatabase.completion(claim(), new Outcome.Succeeded())));
		}
		assertThat(this.operations.deleteAll(JobFilter.dead(), JobPageRequest.ofSize(2)).items()).hasSize(2);
		assertThat(database.count("job_dead")).isEqualTo(3);
		assertThat(this.operations.deleteAll(JobFilter.finished(), JobPageRequest.ofSize(2)).items()).hasSize(2);
		assertThat(database.count("job_archive")).isEqualTo(3);
		assertThat(QueueOperator.all(2, (page) -> this.operations.deleteAll(JobFilter.dead(), page))).hasSize(3);
		assertThat(QueueOperator.all(2, (page) -> this.operations.deleteAll(JobFilter.finished(), page))).hasSize(3);
	}

	private static void awaitBlocked() {
		Awaitility.await("the call waits for a lock")
			.atMost(Duration.ofSeconds(60))
			.until(() -> Boolean.TRUE.equals(database.jdbc.queryForObject("""
					select count(*) = 1 from pg_stat_activity
					 where datname = current_database() and wait_event_type = 'Lock'
					""", Boolean.class)));
	}

	@Override
	ClaimedJob claim() {
		return claimOf("work");
	}

	private ClaimedJob claimOf(String kind) {
		database.insert("claimed", kind, 5, "-1 second");
		return this.leases.claim(TestDatabase.request(1, false, TestDatabase.line("claimed", 1, kind))).get(0);
	}

	private JobId bury(ClaimedJob job, String reason) {
		this.store.complete(List.of(TestDatabase.completion(job, new Outcome.Dead(reason, 1))));
		return job.job().id();
	}

	private JobId buryWithKey(String key) {
		ClaimedJob job = claim();
		database.jdbc.update("update tasuki.job set unique_key = ?, queue = 'default' where id = ?", key,
				job.job().id().value());
		return bury(job, "broken");
	}

	private static JobId withKey(String key) {
		JobId id = new JobId(database.insert("default", "work", 5, "1 hour"));
		database.jdbc.update("update tasuki.job set unique_key = ? where id = ?", key, id.value());
		return id;
	}

	private static JobId withLabel(String label) {
		JobId id = new JobId(database.insert());
		database.jdbc.update("update tasuki.job set label = ? where id = ?", label, id.value());
		return id;
	}

	private static List<Long> liveIds() {
		return database.jdbc.queryForList("select id from tasuki.job order by id", Long.class);
	}

	private static int archivedOutcome(JobId id) {
		Integer outcome = database.jdbc.queryForObject("select outcome from tasuki.job_archive where id = ?",
				Integer.class, id.value());
		return (outcome != null) ? outcome : -1;
	}

}
