package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.WorkerName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who is named for the crashes of a job. */
@ExtendWith(OutputCaptureExtension.class)
class CrashOwnersIntegrationTests {

	private static TestDatabase database;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
		database.jdbc.execute("truncate tasuki.owner");
	}

	@AfterEach
	void dropObstacles() {
		database.jdbc.execute("drop trigger if exists refuse on tasuki.owner");
	}

	@Test
	void registersEachOwnerOnceBeforeItsFirstClaim() {
		try (PostgresLeaseStore store = database.leaseStore("shop-1 (pid\u0000 12)")) {
			store.look(Set.of("default"));
			assertThat(database.count("owner")).isZero();
			store.claim(TestDatabase.anyWork(1));
			database.insert();
			long owner = store.claim(TestDatabase.anyWork(1)).get(0).lease().owner();
			assertThat(database.jdbc.queryForMap("select id, worker, opened_at = seen_at as once from tasuki.owner"))
				.containsEntry("id", owner)
				.containsEntry("worker", "shop-1 (pid\uFFFD 12)")
				.containsEntry("once", true);
		}
	}

	@Test
	void registersTheNextOwnerAsWell() { // rule 4
		try (PostgresLeaseStore store = database.leaseStore("shop-1")) {
			store.claim(TestDatabase.anyWork(1));
			database.transactions.executeWithoutResult((status) -> {
				database.jdbc.execute("lock table tasuki.job in access exclusive mode");
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> store.claim(TestDatabase.anyWork(1)));
			});
			store.claim(TestDatabase.anyWork(1));
		}
		assertThat(database.jdbc.queryForList("select worker from tasuki.owner", String.class))
			.containsExactly("shop-1", "shop-1");
	}

	@Test
	void claimsAlthoughItsOwnerCannotBeRegistered(CapturedOutput output) {
		refuseOwners("raise exception using errcode = ''insufficient_privilege'', message = ''no owners here''");
		try (PostgresLeaseStore store = database.leaseStore("shop-1")) {
			for (int i = 0; i < 3; i++) {
				database.insert();
				assertThat(store.claim(TestDatabase.anyWork(1))).hasSize(1);
			}
		}
		assertThat(output.toString()).containsOnlyOnce("no owners here");
		assertThat(database.count("owner")).isZero();
	}

	@Test
	void losesOneClaimToARegistrationThatTheServerBreaksOff() {
		refuseOwners("raise exception using errcode = ''disk_full'', message = ''full''");
		database.insert();
		try (PostgresLeaseStore store = database.leaseStore("shop-1")) {
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.claim(TestDatabase.anyWork(1)));
			assertThat(store.claim(TestDatabase.anyWork(1))).hasSize(1);
		}
	}

	private static void refuseOwners(String action) {
		database.jdbc.execute("create or replace function tasuki.refuse() returns trigger language plpgsql as 'begin "
				+ action + "; end'");
		database.jdbc.execute("create trigger refuse before insert on tasuki.owner execute function tasuki.refuse()");
	}

	@Test
	void putsTheFirstCrashDownToWhoeverLostTheJobAndTheOthersToWhoeverStartedIt() { // B38
		long id = database.insert();
		lose(id, "a", TestDatabase.anyWork(1), false);
		lose(id, "b", TestDatabase.anyWorkAndLostLeases(1), true);
		lose(id, "never started it", TestDatabase.anyWorkAndLostLeases(1), false);
		lose(id, "c", TestDatabase.anyWorkAndLostLeases(1), true);
		try (PostgresLeaseStore store = database.leaseStore("d")) {
			ClaimedJob taken = awaitClaim(store, TestDatabase.anyWorkAndLostLeases(1));
			assertThat(taken.crashes()).isEqualTo(3);
			assertThat(names(store, taken.lease())).containsExactly("a", "b", "c");
			assertThat(store.crashedWorkers(new Lease(taken.job().id(), 1, 1))).isEmpty();
		}
	}

	@Test
	void callsAWorkerUnknownWhoseNameIsGone() {
		long id = database.insert();
		lose(id, "a", TestDatabase.anyWork(1), false);
		lose(id, "b", TestDatabase.anyWorkAndLostLeases(1), true);
		database.jdbc.update("delete from tasuki.owner where worker = 'a'");
		try (PostgresLeaseStore store = database.leaseStore("c")) {
			Lease lease = awaitClaim(store, TestDatabase.anyWorkAndLostLeases(1)).lease();
			assertThat(store.crashedWorkers(lease)).containsExactly(WorkerName.UNKNOWN, new WorkerName("b"));
		}
	}

	@Test
	void forgetsThemWithTheCrashesAtAnOrdinaryOutcome() { // rule 1
		long id = database.insert();
		lose(id, "a", TestDatabase.anyWork(1), false);
		complete(id, new Outcome.Retry(Duration.ZERO, null));
		assertThat(database.column("crashes", id, Integer.class)).isZero();
		assertThat(database.isNull("crash_owners", id)).isTrue();
	}

	@Test
	void takesBackWhatTheStartWasChargedWhenTheJobIsHandedBack() { // B42
		long id = database.insert();
		lose(id, "a", TestDatabase.anyWork(1), false);
		complete(id, new Outcome.HandedBack(1));
		try (PostgresLeaseStore store = database.leaseStore("c")) {
			Lease lease = awaitClaim(store, TestDatabase.anyWorkAndLostLeases(1)).lease();
			assertThat(names(store, lease)).containsExactly("a");
		}
	}

	@Test
	void doesNotMixInThoseOfAnEarlierTimeThatAnOlderInstanceLeft() { // S24
		long id = database.insert();
		database.jdbc.update("update tasuki.job set crash_owners = '{1, 2}'");
		lose(id, "a", TestDatabase.anyWork(1), false);
		try (PostgresLeaseStore store = database.leaseStore("b")) {
			Lease lease = awaitClaim(store, TestDatabase.anyWorkAndLostLeases(1)).lease();
			assertThat(names(store, lease)).containsExactly("a");
		}
	}

	@Test
	void keepsTheLatestTwenty() {
		long id = database.insert();
		try (PostgresLeaseStore store = database.leaseStore("a")) {
			Lease lease = store.claim(TestDatabase.anyWork(1)).get(0).lease();
			database.jdbc.update("update tasuki.job set crash_owners = array(select generate_series(101, 119))");
			store.chargeCrash(lease);
			assertThat(owners(id)).hasSize(20).startsWith(101L, 102L).endsWith(119L, lease.owner());
			store.chargeCrash(lease);
			assertThat(owners(id)).hasSize(20).startsWith(102L, 103L).endsWith(lease.owner(), lease.owner());
		}
	}

	@Test
	void goesWithTheJobToTheDeadLettersAndTheArchive() {
		for (Outcome outcome : List.of(new Outcome.Dead("why", 1), new Outcome.Cancelled("why"),
				new Outcome.Succeeded())) {
			long id = database.insert();
			lose(id, "a", TestDatabase.anyWork(1), false);
			complete(id, outcome);
		}
		assertThat(database.jdbc.queryForList("""
				select cardinality(crash_owners) = crashes from tasuki.job_dead
				union all
				select cardinality(crash_owners) = crashes from tasuki.job_archive
				""", Boolean.class)).containsExactly(true, true, true);
	}

	/** Claims a job, starts it or not, and dies. */
	private static void lose(long id, String worker, ClaimRequest request, boolean started) {
		try (PostgresLeaseStore store = database.leaseStore(worker)) {
			Lease lease = awaitClaim(store, request).lease();
			if (started) {
				assertThat(store.chargeCrash(lease)).isPresent();
			}
		}
		database.expireLease(id);
	}

	/** Takes a job over, starts it and ends it. */
	private static void complete(long id, Outcome outcome) {
		try (PostgresLeaseStore store = database.leaseStore("last");
				PostgresCompletionStore completions = database.completionStore(true)) {
			Lease lease = awaitClaim(store, TestDatabase.anyWorkAndLostLeases(1)).lease();
			assertThat(lease.id().value()).isEqualTo(id);
			assertThat(store.chargeCrash(lease)).contains(2);
			assertThat(completions.complete(List.of(new Completion(lease, outcome, null))).written()).hasSize(1);
		}
	}

	// Takes over only once the server has run for a third of the lease.
	private static ClaimedJob awaitClaim(PostgresLeaseStore store, ClaimRequest request) {
		return Awaitility.await().until(() -> store.claim(request), (claimed) -> !claimed.isEmpty()).get(0);
	}

	private static List<String> names(PostgresLeaseStore store, Lease lease) {
		return store.crashedWorkers(lease).stream().map(WorkerName::value).toList();
	}

	private static List<Long> owners(long id) {
		return database.jdbc.queryForList("select unnest(crash_owners) from tasuki.job where id = ?", Long.class, id);
	}

}
