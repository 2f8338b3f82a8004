package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tasuki.JobId;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Fate;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class PostgresCompletionStoreIntegrationTests extends CompletingTests {

	private static final Outcome SUCCEEDED = new Outcome.Succeeded();

	private static final Outcome RETRY = new Outcome.Retry(Duration.ofMinutes(1), null);

	private static final Outcome DEAD = new Outcome.Dead("out of attempts", 3);

	private static final int END = Integer.MAX_VALUE;

	private static final Duration SINCE = Duration.ofMinutes(5);

	@Test
	void archivesSucceededJobs() { // B48
		ClaimedJob job = claim();
		assertWritten(complete(job, SUCCEEDED), job);
		assertThat(database.count("job")).isZero();
		assertThat(archived(job)).containsEntry("outcome", 1)
			.containsEntry("attempt", 1)
			.containsEntry("reason", null)
			.containsEntry("errors", null);
	}

	@Test
	void archivesCancelledJobsWithTheReason() { // B16
		ClaimedJob job = claim();
		assertWritten(complete(job, new Outcome.Cancelled("no longer wanted")), job);
		assertThat(archived(job)).containsEntry("outcome", 2).containsEntry("reason", "no longer wanted");
	}

	@Test
	void deletesFinishedJobsWhereNoArchiveIsKept() { // B48
		try (PostgresCompletionStore deleting = database.completionStore(false)) {
			ClaimedJob job = claim();
			Completed completed = deleting.complete(List.of(TestDatabase.completion(job, SUCCEEDED)));
			assertWritten(completed, job);
			assertThat(completed.archived()).isTrue();
		}
		assertThat(database.count("job")).isZero();
		assertThat(database.count("job_archive")).isZero();
	}

	@Test
	void buriesDeadJobsWithReasonLimitAndErrors() { // S4
		ClaimedJob job = claim();
		Completion dead = new Completion(job.lease(), DEAD, new Failure("java.io.IOException", "broken", "at a\nat b"));
		assertWritten(this.store.complete(List.of(dead)), job);
		assertThat(database.count("job")).isZero();
		Map<String, Object> letter = database.jdbc.queryForMap("select *, payload::text as input,"
				+ " errors -> 0 ->> 'stackTrace' as trace, (errors -> 0 ->> 'attempt')::int as failed from tasuki.job_dead");
		assertThat(letter).containsEntry("reason", "out of attempts")
			.containsEntry("max_attempts", 3)
			.containsEntry("lease_no", 1)
			.containsEntry("input", "{\"n\": 1}")
			.containsEntry("failed", 1)
			.containsEntry("trace", "at a\nat b");
	}

	@Test
	@DisplayName("S27: one row that the server refuses holds up no other outcome")
	void oneRowTheServerRefusesHoldsUpNoOther() {
		ClaimedJob first = claim();
		ClaimedJob refused = claim();
		ClaimedJob last = claim();
		database.jdbc.execute(
				"alter table tasuki.job_dead add constraint poison check (id <> %s)".formatted(refused.job().id()));
		List<Completion> completions = List.of(TestDatabase.completion(first, DEAD),
				TestDatabase.completion(refused, DEAD), TestDatabase.completion(last, SUCCEEDED));
		try {
			Completed completed = this.store.complete(completions);
			assertThat(completed.written()).containsExactlyInAnyOrder(first.lease(), last.lease());
			assertThat(completed.locked()).containsExactly(refused.lease());
		}
		finally {
			database.jdbc.execute("alter table tasuki.job_dead drop constraint poison");
		}
		assertWritten(complete(refused, DEAD), refused);
	}

	@Test
	@DisplayName("S27: an outcome that somebody's trigger refuses holds up no other")
	void oneRowThatATriggerRefusesHoldsUpNoOther() {
		ClaimedJob first = claim();
		ClaimedJob refused = claim();
		ClaimedJob last = claim();
		database.jdbc.execute("create function tasuki.refuse() returns trigger language plpgsql as"
				+ " 'begin raise exception ''poison''; end'");
		database.jdbc.execute("create trigger refuse before delete on tasuki.job for each row when (old.id = %s)"
			.formatted(refused.job().id()) + " execute function tasuki.refuse()");
		try {
			Completed completed = this.store.complete(List.of(TestDatabase.completion(first, SUCCEEDED),
					TestDatabase.completion(refused, SUCCEEDED), TestDatabase.completion(last, DEAD)));
			assertThat(completed.written()).containsExactlyInAnyOrder(first.lease(), last.lease());
			assertThat(completed.locked()).containsExactly(refused.lease());
		}
		finally {
			database.jdbc.execute("drop function tasuki.refuse() cascade");
		}
		assertWritten(complete(refused, SUCCEEDED), refused);
	}

	@Test
	void errorsThatSomebodySpoiltAreReplaced() { // S27
		ClaimedJob job = claim();
		database.jdbc.update("update tasuki.job set errors = '{}' where id = ?", job.job().id().value());
		Completion dead = new Completion(job.lease(), DEAD, new Failure("java.io.IOException", "broken", null));
		assertWritten(this.store.complete(List.of(dead)), job);
		assertThat(
				database.jdbc.queryForObject("select jsonb_array_length(errors) from tasuki.job_dead", Integer.class))
			.isEqualTo(1);
	}

	@Test
	void retriesAfterADelayByTheDatabasesClock() { // B16 S20
		ClaimedJob job = claim();
		Completed completed = complete(job, RETRY);
		assertWritten(completed, job);
		assertAvailable(job, 1, 0);
		Returned returned = completed.returned().get(job.lease());
		assertThat(returned).isNotNull();
		assertThat(returned.dueIn()).isBetween(Duration.ofSeconds(55), Duration.ofMinutes(1));
		assertThat(returned.position().runAt()).isEqualTo(database.instant("run_at", id(job)));
		assertThat(returned.position().id()).isEqualTo(id(job));
	}

	@Test
	void retriesAtAMoment() { // B16
		ClaimedJob job = claim();
		Instant moment = Instant.parse("2090-01-01T00:00:00.000007Z");
		complete(job, new Outcome.Retry(null, moment));
		assertThat(database.instant("run_at", id(job))).isEqualTo(moment);
	}

	@Test
	void retriesAtOnceWhenTheMomentHasPassed() {
		ClaimedJob job = claim();
		Completed completed = complete(job, new Outcome.Retry(null, Instant.MIN));
		Returned returned = completed.returned().get(job.lease());
		assertThat(returned).isNotNull();
		assertThat(returned.dueIn()).isZero();
		assertThat(returned.position().runAt()).isAfter(job.job().runAt());
	}

	@Test
	void boundsAbsurdDelaysAndMoments() {
		ClaimedJob delayed = claim();
		ClaimedJob postponed = claim();
		Completed completed = this.store
			.complete(List.of(TestDatabase.completion(delayed, new Outcome.Snoozed(Duration.ofSeconds(Long.MAX_VALUE))),
					TestDatabase.completion(postponed, new Outcome.Retry(null, Instant.MAX))));
		assertWritten(completed, delayed, postponed);
	}

	@Test
	void givesTheAttemptBackWhenSnoozed() { // B16
		ClaimedJob job = claim();
		complete(job, new Outcome.Snoozed(Duration.ofMinutes(1)));
		assertAvailable(job, 0, 0);
		assertThat(database.column("lease_no", id(job), Integer.class)).isEqualTo(1);
	}

	@Test
	void handsBackAsIfNeverClaimed() { // B42 S18
		ClaimedJob job = claim();
		this.leases.chargeCrash(job.lease());
		Completed completed = complete(job, new Outcome.HandedBack(2));
		assertAvailable(job, 0, 2);
		Returned returned = completed.returned().get(job.lease());
		assertThat(returned).isNotNull();
		assertThat(returned.position()).isEqualTo(job.position());
		assertThat(returned.dueIn()).isZero();
	}

	@Test
	void clearsASuspectByAnyOrdinaryOutcome() { // B38, rule 1
		ClaimedJob job = claim();
		this.leases.chargeCrash(job.lease());
		complete(job, RETRY);
		assertAvailable(job, 1, 0);
	}

	@Test
	void keepsTheErrorsOfTheLatestHundredAttempts() {
		long id = database.insert();
		for (int attempt = 1; attempt <= 102; attempt++) {
			ClaimedJob job = this.leases.claim(TestDatabase.anyWork(1)).get(0);
			this.store.complete(List.of(new Completion(job.lease(), new Outcome.Retry(Duration.ZERO, null),
					new Failure("Failure", "number " + attempt, null))));
		}
		assertThat(database.jdbc.queryForMap("""
				select jsonb_array_length(errors) as length, errors -> 0 ->> 'message' as oldest,
				       errors -> -1 ->> 'message' as latest, (errors -> -1 ->> 'attempt')::int as attempt,
				       (errors -> -1 ->> 'at')::timestamptz > now() - interval '1 minute' as now
				  from tasuki.job where id = ?
				""", id)).containsEntry("length", 100)
			.containsEntry("oldest", "number 3")
			.containsEntry("latest", "number 102")
			.containsEntry("attempt", 102)
			.containsEntry("now", true);
	}

	@Test
	void storesErrorsWithCharactersThatPostgresRefuses() { // S27
		ClaimedJob job = claim();
		ClaimedJob neighbour = claim();
		Completed completed = this.store.complete(List.of(
				new Completion(job.lease(), RETRY, new Failure("F", "null \u0000, half \uD83D, quote \"", "\\u0000")),
				TestDatabase.completion(neighbour, SUCCEEDED)));
		assertWritten(completed, job, neighbour);
		assertThat(database.jdbc.queryForObject("select errors -> 0 ->> 'message' from tasuki.job", String.class))
			.isEqualTo("null \uFFFD, half \uFFFD, quote \"");
	}

	@Test
	void writesAMixedGroupAtOnce() {
		ClaimedJob succeeded = claim();
		ClaimedJob retried = claim();
		ClaimedJob dead = claim();
		ClaimedJob cancelled = claim();
		Completed completed = this.store.complete(List.of(TestDatabase.completion(succeeded, SUCCEEDED),
				TestDatabase.completion(retried, RETRY), TestDatabase.completion(dead, DEAD),
				TestDatabase.completion(cancelled, new Outcome.Cancelled("why"))));
		assertWritten(completed, succeeded, retried, dead, cancelled);
		assertThat(completed.returned()).containsOnlyKeys(retried.lease());
		assertThat(database.count("job")).isEqualTo(1);
		assertThat(database.count("job_archive")).isEqualTo(2);
		assertThat(database.count("job_dead")).isEqualTo(1);
	}

	@Test
	void changesNothingWhenTheLeaseWasLost() { // B35 S5
		ClaimedJob taken = claim();
		database.leaseToStranger(id(taken));
		for (Outcome outcome : List.of(SUCCEEDED, RETRY, DEAD, new Outcome.Cancelled("why"),
				new Outcome.HandedBack(0))) {
			Completed completed = complete(taken, outcome);
			assertThat(completed.written()).isEmpty();
			assertThat(completed.locked()).isEmpty();
			assertThat(completed.absent()).containsExactly(taken.lease());
		}
		assertThat(database.column("lock_owner", id(taken), Long.class)).isEqualTo(-1);
	}

	@Test
	void comparesEveryPartOfTheFence() { // B35
		ClaimedJob job = claim();
		Lease lease = job.lease();
		List<Lease> wrong = List.of(new Lease(lease.id(), lease.leaseNo() + 1, lease.owner()),
				new Lease(lease.id(), lease.leaseNo(), lease.owner() + 1),
				new Lease(new JobId(lease.id().value() + 1), lease.leaseNo(), lease.owner()));
		for (Outcome outcome : List.of(SUCCEEDED, RETRY, DEAD, new Outcome.Cancelled("why"))) {
			List<Completion> completions = wrong.stream().map((other) -> new Completion(other, outcome, null)).toList();
			assertThat(this.store.complete(completions).absent()).containsExactlyInAnyOrderElementsOf(wrong);
			try (PostgresCompletionStore deleting = database.completionStore(false)) {
				assertThat(deleting.complete(completions).absent()).containsExactlyInAnyOrderElementsOf(wrong);
			}
		}
		assertThat(database.count("job")).isEqualTo(1);
	}

	@Test
	void reportsAGroupGivenAgainAsAbsent() { // rule 2
		ClaimedJob job = claim();
		complete(job, SUCCEEDED);
		assertThat(complete(job, SUCCEEDED).absent()).containsExactly(job.lease());
		assertThat(database.count("job_archive")).isEqualTo(1);
	}

	@Test
	void writesTheOthersWhenSomeRowsAreLocked() { // S29, rule 2
		for (Outcome outcome : List.of(SUCCEEDED, RETRY, DEAD, new Outcome.Cancelled("why"))) {
			ClaimedJob locked = claim();
			ClaimedJob free = claim();
			List<Completion> group = List.of(TestDatabase.completion(locked, outcome),
					TestDatabase.completion(free, outcome));
			database.transactions.executeWithoutResult((status) -> {
				database.jdbc.queryForList("select from tasuki.job where id = ? for update", id(locked));
				Completed first = this.store.complete(group);
				assertThat(first.written()).containsExactly(free.lease());
				assertThat(first.locked()).containsExactly(locked.lease());
				assertThat(first.absent()).isEmpty();
				assertThat(first.archived()).isTrue();
				assertThat(complete(locked, outcome).locked()).containsExactly(locked.lease());
			});
			assertWritten(complete(locked, outcome), locked);
		}
		assertThat(database.count("job_archive")).isEqualTo(4);
	}

	@Test
	@DisplayName("S32, rule 6: jobs complete without archive rows while the day's partition is missing")
	void completesWithoutArchiveRowsWhileTheDaysPartitionIsMissing() {
		TestDatabase own = TestDatabase.withSchema();
		own.jdbc
			.queryForList("select (now() at time zone 'UTC')::date + number from generate_series(0, 7) as number",
					LocalDate.class)
			.forEach((day) -> new DropArchiveDay(own.jdbc).run(day));
		try (PostgresLeaseStore ownLeases = own.leaseStore();
				PostgresCompletionStore ownStore = own.completionStore(true)) {
			own.insert();
			own.insert();
			List<ClaimedJob> jobs = ownLeases.claim(TestDatabase.anyWork(2));
			Completed completed = ownStore.complete(List.of(TestDatabase.completion(jobs.get(0), SUCCEEDED),
					TestDatabase.completion(jobs.get(1), RETRY)));
			assertThat(completed.written()).hasSize(2);
			assertThat(completed.archived()).isFalse();
			assertThat(own.count("job")).isEqualTo(1);
			new SchemaInitializer(own.dataSource).verify();
			new PostgresMaintenanceStore(own.dataSource).missingArchiveDays(1)
				.forEach(new PostgresMaintenanceStore(own.dataSource)::addArchiveDay);
			Awaitility.await().until(() -> {
				own.insert();
				ClaimedJob job = ownLeases.claim(TestDatabase.anyWork(1)).get(0);
				return ownStore.complete(List.of(TestDatabase.completion(job, SUCCEEDED))).archived();
			});
			assertThat(own.count("job_archive")).isEqualTo(1);
		}
	}

	@Test
	void completesWithoutArchiveRowsWhenTheRoleMayNotWriteThem() { // S32, rule 6
		TestDatabase role = database.asNewRole("no_archivist");
		database.jdbc.execute("grant usage on schema tasuki to no_archivist");
		database.jdbc.execute("grant select, insert, update, delete on tasuki.job to no_archivist");
		try (PostgresCompletionStore ownStore = role.completionStore(true)) {
			ClaimedJob job = claim();
			Completed completed = ownStore.complete(List.of(TestDatabase.completion(job, SUCCEEDED)));
			assertWritten(completed, job);
			assertThat(completed.archived()).isFalse();
		}
	}

	@Test
	void completesWithoutArchiveRowsWhileTheArchiveIsLocked() { // rule 6
		ClaimedJob job = claim();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.execute("lock table tasuki.job_archive in access exclusive mode");
			Completed completed = complete(job, SUCCEEDED);
			assertWritten(completed, job);
			assertThat(completed.archived()).isFalse();
		});
	}

	@Test
	void passesOnWhatTheLiveTableRefuses() {
		ClaimedJob job = claim();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.execute("lock table tasuki.job in access exclusive mode");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> complete(job, SUCCEEDED));
		});
		assertWritten(complete(job, SUCCEEDED), job);
	}

	@Test
	void recoversWhenTheServerCutTheConnection() { // S12
		ClaimedJob job = claim();
		complete(claim(), SUCCEEDED);
		database.jdbc.queryForList(
				"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tasuki test'"
						+ " and datname = current_database()");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> complete(job, SUCCEEDED));
		assertWritten(complete(job, SUCCEEDED), job);
	}

	@Test
	@DisplayName("S28: the completer leaves a connection that became read-only")
	void leavesAConnectionThatBecameReadOnly() {
		TestDatabase own = TestDatabase.withSchema();
		String name = own.jdbc.queryForObject("select current_database()", String.class);
		try (PostgresLeaseStore ownLeases = own.leaseStore();
				PostgresCompletionStore ownStore = own.completionStore(true)) {
			own.insert();
			ClaimedJob job = ownLeases.claim(TestDatabase.anyWork(1)).get(0);
			own.jdbc.execute("alter database %s set default_transaction_read_only = on".formatted(name));
			List<Completion> group = List.of(TestDatabase.completion(job, SUCCEEDED));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> ownStore.complete(group));
			makeWritable(own, name);
			assertWritten(ownStore.complete(group), job);
		}
	}

	private static void makeWritable(TestDatabase own, String name) {
		own.transactions.executeWithoutResult((status) -> {
			own.jdbc.execute("set transaction read write");
			own.jdbc.execute("alter database %s reset default_transaction_read_only".formatted(name));
		});
	}

	@Test
	void tellsThatItsOwnCommitHadRecordedAnOutcome() { // rule 2
		ClaimedJob succeeded = claim();
		ClaimedJob died = claim();
		ClaimedJob retried = claim();
		ClaimedJob handedBack = claim();
		complete(succeeded, SUCCEEDED);
		complete(died, DEAD);
		complete(retried, RETRY);
		complete(handedBack, new Outcome.HandedBack(0));
		assertThat(this.store
			.fates(Map.of(succeeded.lease(), END, died.lease(), END, retried.lease(), 1, handedBack.lease(), 0), SINCE))
			.containsOnly(Map.entry(succeeded.lease(), Fate.RECORDED), Map.entry(died.lease(), Fate.RECORDED),
					Map.entry(retried.lease(), Fate.RECORDED), Map.entry(handedBack.lease(), Fate.RECORDED));
	}

	@Test
	void tellsThatAnotherWorkerTookTheJobOver() { // rule 2
		ClaimedJob running = takenOver(null);
		ClaimedJob finished = takenOver(SUCCEEDED);
		ClaimedJob died = takenOver(DEAD);
		ClaimedJob retried = takenOver(RETRY);
		Fate takenOver = Fate.TAKEN_OVER;
		Set<Lease> leases = Set.of(running.lease(), finished.lease(), died.lease(), retried.lease());
		assertThat(fates(leases, END)).as("had they ended")
			.hasSize(4)
			.allSatisfy((lease, fate) -> assertThat(fate).isEqualTo(takenOver));
		assertThat(fates(leases, 1)).as("had they been retried")
			.hasSize(4)
			.allSatisfy((lease, fate) -> assertThat(fate).isEqualTo(takenOver));
		assertThat(fates(leases, 0)).as("had they given their attempts back").isEmpty();
	}

	@Test
	void tellsThatAnotherWorkerHasTheLeaseThatAServerCrashForgot() { // rule 4
		ClaimedJob job = claim();
		database.jdbc.update("update tasuki.job set lock_owner = lock_owner + 1 where id = ?", id(job));
		assertThat(fates(Set.of(job.lease()), END)).containsOnly(Map.entry(job.lease(), Fate.TAKEN_OVER));
	}

	@Test
	void doesNotTakeTheNextAttemptForATakeover() { // rule 2
		ClaimedJob job = claim();
		complete(job, new Outcome.Retry(Duration.ZERO, null));
		ClaimedJob again = this.leases.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(again.lease().leaseNo()).isGreaterThan(job.lease().leaseNo());
		assertThat(fates(Set.of(job.lease()), 1)).isEmpty();
		complete(again, SUCCEEDED);
		assertThat(fates(Set.of(job.lease()), 1)).isEmpty();
	}

	@Test
	void tellsNothingOfWhatIsGoneOrTooOldOrStillHeld() {
		ClaimedJob gone = claim();
		database.jdbc.update("delete from tasuki.job where id = ?", id(gone));
		ClaimedJob old = claim();
		complete(old, SUCCEEDED);
		ClaimedJob held = claim();
		assertThat(fates(Set.of(gone.lease(), held.lease()), END)).isEmpty();
		assertThat(this.store.fates(Map.of(old.lease(), END), Duration.ZERO)).isEmpty();
		assertThat(this.store.fates(Map.of(), SINCE)).isEmpty();
	}

	@Test
	void tellsWhatBecameOfAsManyAsAreAskedFor() {
		database.insertMany(750);
		List<ClaimedJob> jobs = this.leases.claim(TestDatabase.anyWork(750));
		this.store.complete(jobs.stream().map((job) -> TestDatabase.completion(job, SUCCEEDED)).toList());
		Set<Lease> leases = jobs.stream().map(ClaimedJob::lease).collect(Collectors.toSet());
		assertThat(fates(leases, END)).hasSize(750).containsValue(Fate.RECORDED).doesNotContainValue(Fate.TAKEN_OVER);
	}

	@Test
	void tellsNothingWhereTheArchiveMayNotBeRead() { // S32
		TestDatabase role = database.asNewRole("no_reader");
		database.jdbc.execute("grant usage on schema tasuki to no_reader");
		database.jdbc.execute("grant select, insert, update, delete on tasuki.job to no_reader");
		try (PostgresCompletionStore ownStore = role.completionStore(true)) {
			assertThat(ownStore.fates(Map.of(claim().lease(), END), SINCE)).isEmpty();
		}
	}

	private Map<Lease, Fate> fates(Set<Lease> leases, int attemptsUsed) {
		return this.store.fates(leases.stream().collect(Collectors.toMap(Function.identity(), (lease) -> attemptsUsed)),
				SINCE);
	}

	private ClaimedJob takenOver(@Nullable Outcome outcome) {
		ClaimedJob job = claim();
		database.expireLease(id(job));
		try (PostgresLeaseStore others = database.leaseStore()) {
			ClaimedJob again = others.claim(TestDatabase.anyWorkAndLostLeases(1)).get(0);
			assertThat(again.job().id()).isEqualTo(job.job().id());
			if (outcome != null) {
				complete(again, outcome);
			}
			else {
				others.renew(List.of(again.lease()), Duration.ofHours(1));
			}
		}
		return job;
	}

	private static void assertAvailable(ClaimedJob job, int attempt, int crashes) {
		assertThat(database.isNull("lease_expires_at", id(job))).isTrue();
		assertThat(database.isNull("lock_owner", id(job))).isTrue();
		assertThat(database.column("attempt", id(job), Integer.class)).isEqualTo(attempt);
		assertThat(database.column("crashes", id(job), Integer.class)).isEqualTo(crashes);
	}

	private static long id(ClaimedJob job) {
		return job.job().id().value();
	}

}
