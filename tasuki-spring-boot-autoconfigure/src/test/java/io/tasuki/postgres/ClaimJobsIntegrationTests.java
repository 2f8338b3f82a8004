package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.tasuki.Job;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClaimJobsIntegrationTests {

	private static TestDatabase database;

	private PostgresLeaseStore store;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void openStore() {
		database.clear();
		this.store = database.leaseStore();
	}

	@AfterEach
	void closeStore() {
		this.store.close();
	}

	@Test
	void claimsByPriorityThenRunAtThenId() { // B7
		long late = database.insert("default", "work", 5, "-1 second");
		long early = database.insert("default", "work", 5, "-1 minute");
		long first = database.insert("default", "work", 0, "-1 second");
		long last = database.insert("default", "work", 9, "-1 hour");
		assertThat(ids(this.store.claim(TestDatabase.anyWork(10)))).containsExactly(first, early, late, last);
	}

	@Test
	void countsTheAttemptAndStartsALease() { // B34
		long id = database.insert();
		ClaimedJob claimed = this.store.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(claimed.job().attempt()).isEqualTo(1);
		assertThat(claimed.job().payload()).isEqualTo("{\"n\": 1}");
		assertThat(claimed.job().maxAttempts()).isNull();
		assertThat(claimed.suspect()).isFalse();
		assertThat(claimed.lease().leaseNo()).isEqualTo(1);
		assertThat(database.column("lock_owner", id, Long.class)).isEqualTo(claimed.lease().owner());
		assertThat(database.instant("lease_expires_at", id)).isBetween(Instant.now().minusSeconds(5),
				Instant.now().plusSeconds(5));
	}

	@Test
	void claimsAJobWithoutPayload() {
		database.jdbc.update("insert into tasuki.job (kind, max_attempts) values ('work', 3)");
		Job job = this.store.claim(TestDatabase.anyWork(1)).get(0).job();
		assertThat(job.payload()).isNull();
		assertThat(job.maxAttempts()).isEqualTo(3);
	}

	@Test
	void leavesJobsThatAreNotDue() { // B5
		database.insert("default", "work", 5, "1 minute");
		assertThat(this.store.claim(TestDatabase.anyWork(10))).isEmpty();
	}

	@Test
	void leavesJobsThatAreClaimedAlready() {
		database.insert();
		assertThat(this.store.claim(TestDatabase.anyWork(10))).hasSize(1);
		assertThat(this.store.claim(TestDatabase.anyWork(10))).isEmpty();
	}

	@Test
	void leavesKindsThatWereNotAskedFor() { // B20 S11
		long foreign = database.insert("default", "foreign", 0, "-1 hour");
		long own = database.insert("default", "work", 5, "-1 second");
		long other = database.insert("default", "other work", 5, "-1 second");
		List<ClaimedJob> claimed = this.store
			.claim(TestDatabase.request(10, true, TestDatabase.line("default", 10, "work", "other work")));
		assertThat(ids(claimed)).containsExactly(own, other);
		assertThat(database.column("lease_no", foreign, Integer.class)).isZero();
	}

	@Test
	void limitsALineOverAllItsPriorities() { // B21
		long first = database.insert("default", "work", 1, "-1 second");
		long second = database.insert("default", "work", 2, "-1 second");
		database.insert("default", "work", 3, "-1 second");
		List<ClaimedJob> claimed = this.store
			.claim(TestDatabase.request(10, false, TestDatabase.line("default", 2, "work")));
		assertThat(ids(claimed)).containsExactly(first, second);
	}

	@Test
	void servesLinesInTheirOrderUpToTheLimitOfAll() { // B26
		database.insert("a", "work", 0, "-1 hour");
		database.insert("a", "work", 0, "-1 hour");
		long first = database.insert("b", "work", 9, "-1 second");
		long limited = database.insert("b", "limited", 9, "-1 second");
		List<ClaimedJob> claimed = this.store.claim(TestDatabase.request(3, false, TestDatabase.line("b", 5, "work"),
				TestDatabase.line("b", 1, "limited"), TestDatabase.line("a", 5, "work")));
		assertThat(ids(claimed)).startsWith(first, limited).hasSize(3);
	}

	@Test
	void startsEachPriorityBehindItsCursor() {
		long passed = database.insert("default", "work", 5, "-2 minutes");
		long next = database.insert("default", "work", 5, "-1 minute");
		long otherPriority = database.insert("default", "work", 6, "-3 minutes");
		List<Position> cursors = new ArrayList<>(Collections.nCopies(LineClaim.PRIORITIES, Position.START));
		cursors.set(5, new Position(database.instant("run_at", passed), passed));
		LineClaim line = new LineClaim("default", List.of("work"), 10, cursors);
		assertThat(ids(this.store.claim(TestDatabase.request(10, false, line)))).containsExactly(next, otherPriority);
	}

	@Test
	void passesOverPrioritiesThatNothingWasAnnouncedIn() {
		database.insert("default", "work", 4, "-1 hour");
		long passed = database.insert("default", "work", 5, "-2 minutes");
		List<Long> next = List.of(database.insert("default", "work", 5, "-90 seconds"),
				database.insert("default", "work", 5, "-80 seconds"));
		database.insert("default", "work", 5, "-70 seconds");
		List<Position> cursors = new ArrayList<>(Collections.nCopies(LineClaim.PRIORITIES, Position.END));
		cursors.set(5, new Position(database.instant("run_at", passed), passed));
		ClaimRequest request = TestDatabase.request(10, false, new LineClaim("default", List.of("work"), 2, cursors));
		assertThat(ClaimAnnouncedJobs.suits(request)).isTrue();
		assertThat(ids(this.store.claim(request))).containsExactlyElementsOf(next);
	}

	@Test
	void keepsTheMicrosecondsOfTheRunAt() {
		database.jdbc
			.update("insert into tasuki.job (kind, run_at) values ('work', timestamptz '2020-01-01 00:00:00.123457Z')");
		ClaimedJob claimed = this.store.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(claimed.position().runAt()).isEqualTo(Instant.parse("2020-01-01T00:00:00.123457Z"));
		this.store.close();
		database.jdbc.update("update tasuki.job set lease_expires_at = null, lock_owner = null");
		LineClaim behind = new LineClaim("default", List.of("work"), 1,
				Collections.nCopies(LineClaim.PRIORITIES, claimed.position()));
		assertThat(this.store.claim(TestDatabase.request(1, false, behind))).isEmpty();
	}

	@Test
	void passesOverRowsThatSomebodyHasLocked() {
		long locked = database.insert();
		long free = database.insert();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.queryForList("select from tasuki.job where id = ? for update", locked);
			assertThat(ids(this.store.claim(TestDatabase.anyWork(10)))).containsExactly(free);
		});
	}

	@Test
	void takesOverARunOutLeaseWithoutChargingTheAttempt() { // B36 S2, rule 1
		long id = database.insert();
		long innocent = database.insert();
		ClaimedJob lost = this.store.claim(TestDatabase.anyWork(1)).get(0);
		database.expireLease(id);
		try (PostgresLeaseStore other = database.leaseStore()) {
			assertThat(ids(other.claim(TestDatabase.anyWork(10)))).containsExactly(innocent);
			List<ClaimedJob> taken = awaitClaim(other, TestDatabase.anyWorkAndLostLeases(10));
			assertThat(taken).singleElement().satisfies((job) -> {
				assertThat(job.job().attempt()).isEqualTo(lost.job().attempt());
				assertThat(job.lease().leaseNo()).isEqualTo(lost.lease().leaseNo() + 1);
				assertThat(job.crashes()).isEqualTo(1);
				assertThat(job.suspect()).isTrue();
			});
		}
	}

	@Test
	void leavesEveryIndexAloneWhenItClaimsAndWhenItTakesOver() { // design 4.1: HOT
		database.insertMany(303);
		database.jdbc.update("delete from tasuki.job where id % 3 > 0");
		database.jdbc.execute("vacuum tasuki.job");
		assertAllHot(TestDatabase.anyWork(101), 1);
		database.jdbc.update("update tasuki.job set lease_expires_at = now() - interval '1 second'");
		database.jdbc.execute("vacuum tasuki.job");
		awaitClaim(this.store, TestDatabase.anyWorkAndLostLeases(1));
		assertAllHot(TestDatabase.anyWorkAndLostLeases(100), 2);
	}

	private static void assertAllHot(ClaimRequest request, long owner) {
		try (EngineConnection connection = database.connection()) {
			JdbcTemplate jdbc = new JdbcTemplate(connection);
			jdbc.execute("begin");
			assertThat(new ClaimJobs(jdbc).run(request, owner)).hasSize(request.limit());
			assertThat(jdbc.queryForObject("select pg_stat_get_xact_tuples_hot_updated('tasuki.job'::regclass)",
					Integer.class))
				.isEqualTo(request.limit());
			jdbc.execute("commit");
		}
	}

	@Test
	void keepsTheChargedCrashesAtATakeover() { // rule 1
		long id = database.insert();
		ClaimedJob lost = this.store.claim(TestDatabase.anyWork(1)).get(0);
		this.store.chargeCrash(lost.lease());
		this.store.chargeCrash(lost.lease());
		database.expireLease(id);
		try (PostgresLeaseStore other = database.leaseStore()) {
			assertThat(awaitClaim(other, TestDatabase.anyWorkAndLostLeases(1)).get(0).crashes()).isEqualTo(2);
		}
	}

	@Test
	void leavesSuspectsUnlessAskedToTakeOver() { // rule 1
		long suspect = database.insert();
		database.jdbc.update("update tasuki.job set crashes = 1");
		assertThat(this.store.claim(TestDatabase.anyWork(10))).isEmpty();
		assertThat(ids(awaitClaim(this.store, TestDatabase.anyWorkAndLostLeases(10)))).containsExactly(suspect);
	}

	@Test
	void neverTakesOverALeaseOfItsOwn() { // rule 4
		long own = database.insert();
		this.store.claim(TestDatabase.anyWork(1));
		database.expireLease(own);
		long other = database.insert();
		assertThat(ids(awaitClaim(this.store, TestDatabase.anyWorkAndLostLeases(10)))).containsExactly(other);
	}

	@Test
	void takesOverNothingWhileTheServerIsYoung() { // S30, rule 5
		long lost = database.insert();
		database.leaseToStranger(lost);
		database.expireLease(lost);
		database.insert();
		database.jdbc.update("update tasuki.job set crashes = 1 where id > ?", lost);
		ClaimRequest longLease = new ClaimRequest(List.of(TestDatabase.line("default", 10, "work")), 10,
				Duration.ofDays(3), true);
		assertThat(this.store.claim(longLease)).isEmpty();
		assertThat(awaitClaim(this.store, TestDatabase.anyWorkAndLostLeases(10))).isNotEmpty();
	}

	@Test
	void claimsUnderAnotherOwnerAfterAFailedClaim() { // S31, rule 4
		database.insert();
		ClaimedJob before = this.store.claim(TestDatabase.anyWork(1)).get(0);
		database.insert();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.execute("lock table tasuki.job in access exclusive mode");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.store.claim(TestDatabase.anyWork(1)));
		});
		ClaimedJob after = this.store.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(after.lease().owner()).isNotEqualTo(before.lease().owner());
		assertThat(this.store.renew(List.of(before.lease(), after.lease()), TestDatabase.LEASE).renewed())
			.containsExactlyInAnyOrder(before.lease(), after.lease());
	}

	@Test
	void claimsUnderAnotherOwnerOnAnotherConnection() { // S12, rule 4
		database.insert();
		ClaimedJob before = this.store.claim(TestDatabase.anyWork(1)).get(0);
		database.jdbc.queryForList(
				"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tasuki test'"
						+ " and datname = current_database()");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.store.renew(List.of(before.lease()), TestDatabase.LEASE));
		database.insert();
		ClaimedJob after = this.store.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(after.lease().owner()).isNotEqualTo(before.lease().owner());
	}

	@Test
	void commitsAsynchronouslyAndLeavesOtherCommitsAlone() {
		try (EngineConnection connection = database.connection()) {
			JdbcTemplate jdbc = new JdbcTemplate(connection);
			jdbc.execute("create temporary table seen (setting text)");
			jdbc.execute("create function pg_temp.note() returns trigger language plpgsql as"
					+ " 'begin insert into seen values (current_setting(''synchronous_commit'')); return null; end'");
			jdbc.execute("create trigger note after update on tasuki.job execute function pg_temp.note()");
			database.insert();
			new ClaimJobs(jdbc).run(TestDatabase.anyWork(1), 1);
			assertThat(jdbc.queryForList("select setting from seen", String.class)).containsExactly("off");
			assertThat(jdbc.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
			jdbc.execute("drop trigger note on tasuki.job");
		}
	}

	@Test
	@Timeout(60)
	void claimsEachJobOnceWhenEightClaimAtATime() throws Exception { // S6
		int jobs = 4000;
		database.insertMany(jobs);
		Set<Long> claimed = ConcurrentHashMap.newKeySet();
		List<Callable<Integer>> claimers = Collections.nCopies(8, () -> claimAll(claimed));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			int sum = 0;
			for (Future<Integer> claimer : threads.invokeAll(claimers)) {
				sum += claimer.get();
			}
			assertThat(sum).isEqualTo(jobs);
			assertThat(claimed).hasSize(jobs);
			assertThat(database.count("job")).isZero();
			assertThat(database.jdbc.queryForObject("select max(lease_no) from tasuki.job_archive", Integer.class))
				.isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static int claimAll(Set<Long> claimed) {
		int count = 0;
		try (PostgresLeaseStore leases = database.leaseStore();
				PostgresCompletionStore completions = database.completionStore(true)) {
			while (database.count("job") > 0) {
				List<ClaimedJob> jobs = leases.claim(TestDatabase.anyWork(50));
				claimed.addAll(ids(jobs));
				count += jobs.size();
				completeAll(completions, jobs);
			}
		}
		return count;
	}

	// Another claimer may hold a row for a moment, until it sees that the job is taken.
	private static void completeAll(PostgresCompletionStore completions, List<ClaimedJob> jobs) {
		List<Completion> left = jobs.stream()
			.map((job) -> TestDatabase.completion(job, new Outcome.Succeeded()))
			.toList();
		while (!left.isEmpty()) {
			Completed completed = completions.complete(left);
			assertThat(completed.absent()).isEmpty();
			left = left.stream().filter((completion) -> completed.locked().contains(completion.lease())).toList();
		}
	}

	// Takes over only once the server has run for a third of the lease.
	private static List<ClaimedJob> awaitClaim(PostgresLeaseStore store, ClaimRequest request) {
		return Awaitility.await().until(() -> store.claim(request), (claimed) -> !claimed.isEmpty());
	}

	private static List<Long> ids(List<ClaimedJob> claimed) {
		return claimed.stream().map((job) -> job.job().id().value()).toList();
	}

}
