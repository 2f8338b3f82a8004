package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.tasuki.DatabaseOperations;
import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;
import io.tasuki.SnapshotHolder.Kind;
import io.tasuki.worker.WorkerHealth;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiHealthIndicatorTests {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	@Test
	void isUpWhenWorkerRunsAndReachesDatabase() {
		Health health = health(new WorkerHealth(true, true, Duration.ofMillis(1500), null, true, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("running", true)
			.containsEntry("databaseReachable", true)
			.containsEntry("listening", true)
			.containsEntry("archiving", true)
			.containsEntry("sinceLastContact", "PT1.5S")
			.doesNotContainKey("lastError");
	}

	@Test
	void isDownWhenDatabaseIsAway() {
		Health health = health(
				new WorkerHealth(true, false, Duration.ofSeconds(9), "connection refused", false, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("lastError", "connection refused");
	}

	@Test
	void isDownWhenDatabaseNeverAnswered() {
		assertThat(health(new WorkerHealth(true, false, null, "connection refused", false, true, 0)).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void isUnknownUntilFirstContact() {
		assertThat(health(new WorkerHealth(true, false, null, null, false, true, 0)).getStatus())
			.isEqualTo(Status.UNKNOWN);
	}

	@Test
	void isOutOfServiceWhenWorkerIsStopped() {
		assertThat(health(new WorkerHealth(false, true, Duration.ZERO, null, false, true, 0)).getStatus())
			.isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void staysUpWhenNothingIsHeardOrArchived() { // S32
		Health health = health(new WorkerHealth(true, true, Duration.ZERO, null, false, false, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("listening", false).containsEntry("archiving", false);
	}

	@Test
	void staysUpWhenSlotsAreStuck() { // B29
		Health health = health(new WorkerHealth(true, true, Duration.ZERO, null, true, true, 3));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("stuckSlots", 3);
	}

	@Test
	void showsWhatTheDatabaseSays() { // B51
		Health health = health(() -> new DatabaseReport(7, 9, Duration.ofMinutes(3), null, List.of()));
		assertThat(health.getDetails()).doesNotContainKey("warnings")
			.extractingByKey("database", InstanceOfAssertFactories.MAP)
			.containsEntry("liveRows", 7L)
			.containsEntry("deadRows", 9L)
			.containsEntry("sinceVacuum", "PT3M")
			.doesNotContainKey("sinceAnalyze");
	}

	@ParameterizedTest
	@MethodSource("oldSnapshots")
	void staysUpAndNamesWhoHoldsAnOldSnapshot(SnapshotHolder holder, String warning) { // B51
		Health health = health(() -> new DatabaseReport(0, 0, null, null, List.of(holder)));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("warnings", List.of(warning));
	}

	static Stream<Arguments> oldSnapshots() {
		Duration age = Duration.ofMinutes(90);
		return Stream.of(Arguments.of(new SnapshotHolder(Kind.SESSION, 7, "report", "idle in transaction", age, 12),
				"Session 7 of application 'report' (idle in transaction) has held a snapshot for 1 h 30 min"
						+ " (12 transactions): no row that was deleted since can be removed. End its transaction,"
						+ " or the session: select pg_terminate_backend(7)"),
				Arguments.of(new SnapshotHolder(Kind.SESSION, 7, "report", null, null, 1_000_000),
						"Session 7 of application 'report' (in a state that this role may not see) has held a snapshot"
								+ " for 1000000 transactions: no row that was deleted since can be removed. End its"
								+ " transaction, or the session: select pg_terminate_backend(7)"),
				Arguments.of(new SnapshotHolder(Kind.PREPARED_TRANSACTION, null, "order", "prepared", LIMIT, 12),
						"Prepared transaction 'order' has held a snapshot for 5 min (12 transactions): no row that was"
								+ " deleted since can be removed. Finish it: rollback prepared 'order', or commit"
								+ " prepared 'order'"),
				Arguments.of(new SnapshotHolder(Kind.REPLICATION_SLOT, null, "gone", "inactive", null, 2_000_000),
						"Replication slot 'gone' (inactive) has held a snapshot for 2000000 transactions: no row that"
								+ " was deleted since can be removed. End what runs for long on its standby. If nobody"
								+ " needs it any more: select pg_drop_replication_slot('gone')"),
				Arguments.of(new SnapshotHolder(Kind.STANDBY, 8, "replica", "active", null, 2_000_000),
						"Standby 'replica' has held a snapshot for 2000000 transactions: no row that was deleted since"
								+ " can be removed. End what runs for long there, or set hot_standby_feedback off there"));
	}

	@Test
	void warnsOfNoYoungSnapshot() { // B51
		SnapshotHolder young = new SnapshotHolder(Kind.SESSION, 7, "a", "active", LIMIT.minusMillis(1), 2_000_000);
		SnapshotHolder hidden = new SnapshotHolder(Kind.SESSION, 8, "b", null, null, 999_999);
		assertThat(health(() -> new DatabaseReport(0, 0, null, null, List.of(young, hidden))).getDetails())
			.doesNotContainKey("warnings");
	}

	@Test
	void doesWithoutADatabaseThatCannotBeInspected() { // B51
		Health health = health(() -> {
			throw new IllegalStateException("away");
		});
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKeys("database", "warnings");
	}

	@Test
	@Timeout(60)
	void doesNotWaitForADatabaseThatDoesNotAnswer() { // B51
		CountDownLatch answer = new CountDownLatch(1);
		try {
			Health health = health(() -> {
				awaitQuietly(answer);
				return new DatabaseReport(0, 0, null, null, List.of());
			});
			assertThat(answer.getCount()).isOne();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).doesNotContainKey("database");
		}
		finally {
			answer.countDown();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Health health(DatabaseOperations database) {
		WorkerHealth worker = new WorkerHealth(true, true, Duration.ZERO, null, true, true, 0);
		return new TasukiHealthIndicator(() -> worker, database, LIMIT).health();
	}

	private static Health health(WorkerHealth health) {
		return new TasukiHealthIndicator(() -> health).health();
	}

}
