package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.Outlook;
import io.tasuki.store.Renewal;
import io.tasuki.store.Report;
import io.tasuki.store.WorkerReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresLeaseStoreIntegrationTests {

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
	void renewsLeasesFromNow() { // B34
		Lease lease = claim();
		Renewal renewal = this.store.renew(Set.of(lease), Duration.ofMinutes(10));
		assertThat(renewal.renewed()).containsExactly(lease);
		assertThat(renewal.lost()).isEmpty();
		assertThat(database.instant("lease_expires_at", lease.id().value())).isAfter(Instant.now().plusSeconds(500));
	}

	@Test
	void tellsWhichOfTheRenewedSomebodyHasCancelled() { // B41, rule 8
		Lease wanted = claim();
		Lease cancelled = claim();
		new PostgresJobStore(database.dataSource, false).cancel(cancelled.id());
		Renewal renewal = this.store.renew(List.of(wanted, cancelled), TestDatabase.LEASE);
		assertThat(renewal.renewed()).containsExactlyInAnyOrder(wanted, cancelled);
		assertThat(renewal.cancelRequested()).containsExactly(cancelled);
		assertThat(renewal.lost()).isEmpty();
	}

	@Test
	void renewsALeaseThatRanOutButThatNobodyTook() { // S5
		Lease lease = claim();
		database.expireLease(lease.id().value());
		assertThat(this.store.renew(Set.of(lease), TestDatabase.LEASE).renewed()).containsExactly(lease);
	}

	@Test
	void reportsALeaseAsLostWhenAnotherTookItOrTheJobIsGone() { // B35
		Lease taken = claim();
		Lease gone = claim();
		Lease kept = claim();
		database.leaseToStranger(taken.id().value());
		database.jdbc.update("delete from tasuki.job where id = ?", gone.id().value());
		Renewal renewal = this.store.renew(List.of(taken, gone, kept), TestDatabase.LEASE);
		assertThat(renewal.renewed()).containsExactly(kept);
		assertThat(renewal.lost()).containsExactlyInAnyOrder(taken, gone);
	}

	@Test
	void renewsTheOthersWhenOneRowIsLocked() { // S29, rule 2
		Lease locked = claim();
		Lease free = claim();
		database.transactions.executeWithoutResult((status) -> {
			lock(locked);
			Renewal renewal = this.store.renew(List.of(locked, free), TestDatabase.LEASE);
			assertThat(renewal.renewed()).containsExactly(free);
			assertThat(renewal.lost()).isEmpty();
		});
	}

	@Test
	void countsCrashes() { // B38
		Lease lease = claim();
		assertThat(this.store.chargeCrash(lease)).contains(1);
		assertThat(this.store.chargeCrash(lease)).contains(2);
	}

	@Test
	void chargesNothingWhenTheLeaseIsLost() { // B35
		Lease lease = claim();
		database.leaseToStranger(lease.id().value());
		assertThat(this.store.chargeCrash(lease)).isEmpty();
		assertThat(database.column("crashes", lease.id().value(), Integer.class)).isZero();
	}

	@Test
	void refusesToChargeALockedJob() { // rule 2
		Lease lease = claim();
		database.transactions.executeWithoutResult((status) -> {
			lock(lease);
			assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> this.store.chargeCrash(lease));
		});
	}

	@Test
	void writesProgressUnderTheFence() { // B35, rule 11
		Lease held = claim();
		Lease lost = claim();
		Lease locked = claim();
		database.leaseToStranger(lost.id().value());
		database.transactions.executeWithoutResult((status) -> {
			lock(locked);
			assertThat(this.store.writeReports(List.of(new Report(held, 40, "half\u0000 way"),
					new Report(lost, 50, null), new Report(locked, 60, null))))
				.containsExactly(held);
		});
		assertThat(database.column("progress", held.id().value(), Integer.class)).isEqualTo(40);
		assertThat(database.column("progress_note", held.id().value(), String.class)).isEqualTo("half\uFFFD way");
		assertThat(database.isNull("progress", lost.id().value())).isTrue();
		assertThat(database.isNull("progress", locked.id().value())).isTrue();
	}

	@Test
	void findsTheNextDueTimeOfItsQueues() { // B27
		database.insert("default", "work", 9, "1 hour");
		database.insert("default", "foreign", 1, "10 minutes");
		database.insert("other", "work", 5, "1 minute");
		database.insert("default", "work", 5, "-1 hour");
		assertThat(this.store.look(Set.of("default"))).hasSize(1)
			.hasEntrySatisfying("default", (outlook) -> assertThat(outlook.nextDueIn()).hasValueSatisfying(
					(dueIn) -> assertThat(dueIn).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10))));
		assertThat(this.store.look(Set.of("default", "other"))).hasSize(2)
			.hasEntrySatisfying("other", (outlook) -> assertThat(outlook.nextDueIn())
				.hasValueSatisfying((dueIn) -> assertThat(dueIn).isLessThanOrEqualTo(Duration.ofMinutes(1))));
	}

	@Test
	void tellsTheDatabasesTimeWhenItAnnouncesItsWorker() { // S20
		Instant before = now();
		Optional<Instant> told = this.store.announce(new WorkerReport(Duration.ZERO, TestDatabase.LEASE, false, 1, 0,
				Set.of("default"), Set.of("work"), List.of(), List.of()));
		assertThat(told).hasValueSatisfying((time) -> assertThat(time).isBetween(before, now()));
	}

	private static Instant now() {
		return database.jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class).toInstant();
	}

	@Test
	void findsNoDueTimeWhereNothingLiesAhead() {
		database.insert();
		assertThat(this.store.look(Set.of("default", "empty")))
			.containsEntry("default", new Outlook(true, Optional.empty()))
			.containsEntry("empty", Outlook.NOTHING)
			.hasSize(2);
	}

	@Test
	void changesNothingForALeaseThatNeverWas() {
		Lease unknown = new Lease(new JobId(Long.MAX_VALUE), 1, 1);
		assertThat(this.store.renew(Set.of(unknown), TestDatabase.LEASE).lost()).containsExactly(unknown);
		assertThat(this.store.chargeCrash(unknown)).isEmpty();
	}

	private Lease claim() {
		database.insert();
		ClaimedJob claimed = this.store.claim(TestDatabase.anyWork(1)).get(0);
		return claimed.lease();
	}

	private static void lock(Lease lease) {
		database.jdbc.queryForList("select from tasuki.job where id = ? for update", lease.id().value());
	}

}
