package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.JobResult;
import io.tasuki.faults.FaultTest;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of jobs while the database is away, whole or in part. */
@FaultTest
@ExtendWith(OutputCaptureExtension.class)
class OutagesIntegrationTests {

	/** Most jobs a worker of few slots holds in memory. */
	private static final int MOST_HELD = 8_192;

	private static final Duration LONG = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final RecordingListener told = new RecordingListener();

	private final Semaphore permits = new Semaphore(0);

	private final CountDownLatch never = new CountDownLatch(1);

	private final Handler slow = (context) -> {
		this.permits.acquire();
		return JobResult.done();
	};

	private final Handler quick = (context) -> JobResult.done();

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tasuki claimer", "tasuki completer", "tasuki %" })
	@DisplayName("S31, rule 4: cutting a worker's connections again and again loses no job and runs none twice")
	void everyJobRunsOnceHoweverOftenConnectionsAreCut(String victims) {
		this.fixture.insertMany(3_000, "mail");
		this.fixture.worker().lease(Duration.ofSeconds(1)).listener(this.told).handler("mail", (context) -> {
			this.never.await(500, TimeUnit.MICROSECONDS);
			return JobResult.done();
		}).start();
		int cuts = 0;
		while (cuts < 25 && this.fixture.live() > 0) {
			long until = System.nanoTime() + ThreadLocalRandom.current().nextLong(40_000_000L);
			this.fixture.await(() -> System.nanoTime() - until > 0);
			cuts += (int) this.fixture.number("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					 where datname = current_database() and application_name like ?
					""", victims);
		}
		this.fixture.within(Duration.ofSeconds(20)).until(() -> this.fixture.archived() == 3_000);
		System.out.printf("NOTE S31: %d cuts of '%s', %d jobs were claimed more than once%n", cuts, victims,
				this.fixture.number("select count(*) from tasuki.job_archive where lease_no > 1"));
		assertThat(cuts).isPositive();
		assertThat(this.fixture.ledger().repeated()).isEmpty();
		assertThat(this.fixture.ledger().distinct()).isEqualTo(3_000);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("S31: jobs whose claim was committed but not answered run after a lease, once")
	void jobsOfAnUnansweredClaimRunAfterOneLease() {
		Duration lease = Duration.ofSeconds(1);
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(20, "mail");
		database.loseAnswersOfClaims(2);
		this.fixture.worker().lease(lease).on(database).listener(this.told).handler("mail", this.quick).start();
		this.fixture.await(() -> this.fixture.archived() == 20);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where lease_no = 2")).isEqualTo(8);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
		assertThat(this.fixture.ledger().count()).isEqualTo(20);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("B40: a heartbeat survives connections that are cut for the length of three leases")
	void heartbeatSurvivesBlips() {
		Duration lease = Duration.ofMillis(1_200);
		this.fixture.insertMany(3, "slow");
		this.fixture.worker().lease(lease).listener(this.told).handler("slow", this.slow).start();
		this.fixture.worker().named("other").lease(lease).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 3);
		long until = System.nanoTime() + lease.multipliedBy(3).toNanos();
		this.fixture.within(lease.multipliedBy(5)).pollInterval(Duration.ofMillis(60)).until(() -> {
			this.fixture.number("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					 where datname = current_database() and application_name like 'tasuki c%'
					""");
			return System.nanoTime() - until > 0;
		});
		this.permits.release(3);
		this.fixture.await(() -> this.fixture.archived() == 3);
		assertThat(this.fixture.ledger().count()).isEqualTo(3);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("S30, rule 5: after an outage longer than a lease nobody's live job is taken over")
	void liveJobsAreNotTakenOverAfterALongOutage() {
		Duration lease = Duration.ofMillis(2_100);
		OutageDataSource one = new OutageDataSource(this.fixture.dataSource());
		OutageDataSource two = new OutageDataSource(this.fixture.dataSource());
		OutageDataSource idle = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(4, "slow");
		this.fixture.worker()
			.named("one")
			.slots(2)
			.lease(lease)
			.on(one)
			.listener(this.told)
			.handler("slow", this.slow)
			.start();
		this.fixture.worker()
			.named("two")
			.slots(2)
			.lease(lease)
			.on(two)
			.listener(this.told)
			.handler("slow", this.slow)
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 4);
		Worker idler = this.fixture.worker()
			.named("idle")
			.slots(8)
			.lease(lease)
			.on(idle)
			.handler("slow", this.slow)
			.start();
		this.fixture.await(() -> idler.health().databaseReachable());
		one.goAway();
		two.goAway();
		idle.goAway();
		this.fixture.await(() -> this.fixture.number("""
				select count(*) from tasuki.job where lease_expires_at < clock_timestamp() - interval '300 ms'
				""") == 4);
		idle.comeBack();
		one.comeBack();
		two.comeBack();
		this.fixture.await(() -> this.fixture.number("""
				select count(*) from tasuki.job where lease_expires_at > clock_timestamp()
				""") == 4);
		long until = System.nanoTime() + lease.toNanos();
		this.fixture.await(() -> System.nanoTime() - until > 0);
		this.permits.release(4);
		this.fixture.await(() -> this.fixture.archived() == 4);
		assertThat(this.fixture.ledger().count()).isEqualTo(4);
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where lease_no <> 1")).isZero();
	}

	@Test
	@DisplayName("what finished during an outage of more than a lease is recorded, not run again")
	void outcomesReachedDuringALongOutageAreKept() {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(4, "slow");
		this.fixture.worker()
			.lease(Duration.ofSeconds(1))
			.on(database)
			.listener(this.told)
			.handler("slow", this.slow)
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 4);
		database.goAway();
		this.permits.release(4);
		this.fixture.await(() -> this.fixture.number("""
				select count(*) from tasuki.job where lease_expires_at < clock_timestamp() - interval '300 ms'
				""") == 4);
		database.comeBack();
		this.fixture.await(() -> this.fixture.archived() == 4);
		assertThat(this.fixture.ledger().count()).isEqualTo(4);
		this.fixture.await(() -> this.told.completed.size() == 4);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "DONE", "RETRY", "FAIL" })
	@DisplayName("rule 2: outcomes whose commit was not answered are recorded once, and not counted as lost")
	void outcomesOfAnUnansweredCommitAreNotLost(Ending ending, CapturedOutput output) {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(4, "mail");
		database.loseAnswersOfCompletions(1);
		this.fixture.worker()
			.on(database)
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.listener(this.told)
			.handler("mail", (context) -> ending.result)
			.start();
		this.fixture.within(LONG).until(() -> this.told.completed.size() == 4);
		assertThat(this.fixture.leased()).isZero();
		assertThat(this.fixture.ledger().count()).isEqualTo(4);
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(output).contains("outcomes had been recorded just before the database went away")
			.doesNotContain("another worker's run counts");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("rule 2: outcomes that came too late, because others took the jobs over during the outage, are lost and counted")
	void outcomesOfJobsTakenOverDuringAnOutageAreLost(Ending ending, CapturedOutput output) {
		Duration lease = Duration.ofSeconds(1);
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		Semaphore others = new Semaphore(0);
		this.fixture.insertMany(4, "slow");
		this.fixture.worker().named("one").lease(lease).on(database).listener(this.told).handler("slow", (context) -> {
			this.permits.acquire();
			return ending.result;
		}).start();
		this.fixture.within(LONG).until(() -> this.fixture.ledger().running() == 4);
		database.goAway();
		this.permits.release(4);
		RecordingListener other = new RecordingListener();
		this.fixture.worker().named("other").lease(lease).listener(other).handler("slow", (context) -> {
			others.acquire();
			return JobResult.done();
		}).start();
		this.fixture.within(LONG).until(() -> this.fixture.ledger().count() == 8);
		// Two are done again and two still run when the first worker is back.
		others.release(2);
		this.fixture.within(LONG).until(() -> this.fixture.archived() == 2);
		database.comeBack();
		this.fixture.within(LONG).until(() -> this.told.leaseLost.size() == 4);
		others.release(2);
		this.fixture.within(LONG).until(() -> this.fixture.archived() == 4);
		this.fixture.within(LONG).until(() -> other.completed.size() == 4);
		assertThat(this.told.completed).isEmpty();
		assertThat(other.leaseLost).isEmpty();
		assertThat(this.fixture.ledger().count()).isEqualTo(8);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt = 1")).isEqualTo(4);
		assertThat(output.getAll().split("another worker's run counts", -1)).hasSize(5);
	}

	@Test
	@DisplayName("however often the database comes and goes, no more jobs are held in memory than may be")
	void neverHoldsMoreThanItMayWhileTheDatabaseComesAndGoes() {
		OutageDataSource completing = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(40_000, "mail");
		this.fixture.worker()
			.completingOn(completing)
			.slots(16)
			.poll(Duration.ofMillis(50))
			.listener(this.told)
			.handler("mail", this.quick)
			.start();
		long most = 0;
		for (int outage = 0; outage < 3; outage++) {
			completing.goAway();
			int refused = completing.refused();
			while (completing.refused() < refused + 7) {
				long held = this.fixture.leased();
				assertThat(held).isLessThanOrEqualTo(MOST_HELD);
				most = Math.max(most, held);
			}
			completing.comeBack();
			long before = this.fixture.archived();
			this.fixture.within(LONG).until(() -> this.fixture.archived() > before);
		}
		assertThat(most).isGreaterThan(MOST_HELD / 2);
		this.fixture.within(LONG).until(() -> this.fixture.archived() == 40_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(40_000);
		this.fixture.within(LONG).until(() -> this.told.completed.size() == 40_000);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("while outcomes cannot be recorded, claiming stops at a bound; none is lost, none runs twice")
	void blockedCompleterHoldsThePollerBack() {
		OutageDataSource completing = new OutageDataSource(this.fixture.dataSource());
		completing.goAway();
		this.fixture.insertMany(15_000, "mail");
		this.fixture.worker()
			.lease(Duration.ofSeconds(1))
			.poll(Duration.ofMillis(100))
			.completingOn(completing)
			.listener(this.told)
			.handler("mail", this.quick)
			.start();
		this.fixture.within(Duration.ofSeconds(20)).until(() -> this.fixture.ledger().count() >= MOST_HELD);
		// Several polls and heartbeats later it holds no more, and all of it.
		long until = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
		this.fixture.await(() -> {
			assertThat(this.fixture.ledger().count()).isLessThanOrEqualTo(MOST_HELD);
			return System.nanoTime() - until > 0;
		});
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job where lease_expires_at > clock_timestamp()
				""")).isEqualTo(MOST_HELD);
		completing.comeBack();
		this.fixture.within(Duration.ofSeconds(20)).until(() -> this.fixture.archived() == 15_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(15_000);
		this.fixture.await(() -> this.told.completed.size() == 15_000);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("outcomes that come in during an outage do not each make another try to connect")
	void outcomesDoNotHurryTheirCompleter() {
		OutageDataSource completing = new OutageDataSource(this.fixture.dataSource());
		completing.goAway();
		this.fixture.insertMany(2_000, "mail");
		this.fixture.worker().completingOn(completing).handler("mail", (context) -> {
			this.never.await(500, TimeUnit.MICROSECONDS);
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().count() == 2_000);
		System.out.printf("NOTE %d tries to connect during the outage%n", completing.refused());
		assertThat(completing.refused()).isBetween(2, 40);
		completing.comeBack();
		this.fixture.await(() -> this.fixture.archived() == 2_000);
	}

	@Test
	@DisplayName("a table that somebody locks for a while stops the worker for that while")
	void lockedTableOnlyDelays() throws SQLException {
		this.fixture.insertMany(8_000, "mail");
		this.fixture.worker().handler("mail", this.quick).start();
		this.fixture.await(() -> this.fixture.ledger().count() > 500);
		try (Connection connection = this.fixture.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("lock table tasuki.job in access exclusive mode");
			long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
			this.fixture.await(() -> System.nanoTime() - until > 0);
			connection.rollback();
		}
		this.fixture.await(() -> this.fixture.archived() == 8_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(8_000);
	}

	@Test
	@DisplayName("a worker starts while the database is away, says so in its health, and works when it comes")
	void startsWithoutADatabase() {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		database.goAway();
		this.fixture.insertMany(5, "mail");
		Worker worker = this.fixture.worker().on(database).handler("mail", this.quick).start();
		this.fixture.await(() -> database.refused() > 2);
		assertThat(worker.health().databaseReachable()).isFalse();
		assertThat(worker.health().lastError()).contains("refused by the test");
		database.comeBack();
		this.fixture.await(() -> this.fixture.archived() == 5);
		this.fixture.await(() -> worker.health().databaseReachable());
		assertThat(worker.health().lastError()).isNull();
	}

	@Test
	@DisplayName("a stop while the database is away ends in time")
	void stopsInTimeWithoutADatabase() {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		this.fixture.insertMany(4, "slow");
		Worker worker = this.fixture.worker()
			.on(database)
			.shutdown(Duration.ofSeconds(1))
			.handler("slow", this.slow)
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 4);
		database.goAway();
		long begin = System.nanoTime();
		worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_500));
	}

	@Test
	@DisplayName("an outage of many tries is a line when it begins and one when it ends")
	void outageIsTwoLinesInTheLog(CapturedOutput output) {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		Worker worker = this.fixture.worker()
			.lease(Duration.ofSeconds(1))
			.on(database)
			.handler("mail", this.quick)
			.start();
		this.fixture.await(() -> worker.health().databaseReachable());
		database.goAway();
		this.fixture.await(() -> database.refused() > 12);
		database.comeBack();
		this.fixture.await(() -> worker.health().databaseReachable());
		assertThat(output.getAll().split("does not answer the poller", -1)).hasSize(2);
		assertThat(output.getAll().split("answers the poller again", -1)).hasSize(2);
		assertThat(output.getAll().split("Back after", -1).length).isLessThanOrEqualTo(2);
	}

	/** How a handler ends its attempt. */
	enum Ending {

		DONE(JobResult.done()), RETRY(JobResult.retry()), FAIL(JobResult.fail("no use")),
		CANCEL(JobResult.cancel("no"));

		private final JobResult result;

		Ending(JobResult result) {
			this.result = result;
		}

	}

}
