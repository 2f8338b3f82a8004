package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.faults.FaultTest;
import io.tasuki.store.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How a lease is kept, lost, taken over, and what guards against its former holder. */
@FaultTest
class LeasesIntegrationTests {

	private static final Duration LEASE = Duration.ofMillis(1_500);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final RecordingListener told = new RecordingListener();

	private final Semaphore permits = new Semaphore(0);

	private final Handler slow = (context) -> {
		this.permits.acquire();
		return JobResult.done();
	};

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("B34: a heartbeat keeps jobs of more than three leases, and each runs once")
	void heartbeatKeepsAJobLongerThanItsLease() {
		this.fixture.insertMany(6, "slow");
		this.fixture.worker().named("a").lease(LEASE).listener(this.told).handler("slow", this.slow).start();
		this.fixture.worker().named("b").lease(LEASE).listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 6);
		long until = System.nanoTime() + LEASE.multipliedBy(3).plusMillis(300).toNanos();
		this.fixture.await(() -> {
			assertThat(this.fixture.number("""
					select count(*) from tasuki.job where lease_expires_at < clock_timestamp()
					""")).isZero();
			return System.nanoTime() - until > 0;
		});
		this.permits.release(6);
		this.fixture.await(() -> this.fixture.archived() == 6);
		assertThat(this.fixture.ledger().count()).isEqualTo(6);
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("B35, S5: whoever lost its lease writes nothing and is stopped within a heartbeat")
	void outcomeOfALostLeaseIsNotWritten() {
		AtomicReference<JobContext> context = new AtomicReference<>();
		CountDownLatch interrupted = new CountDownLatch(1);
		long id = this.fixture.insert("slow");
		this.fixture.worker().lease(LEASE).listener(this.told).handler("slow", (running) -> {
			context.set(running);
			try {
				this.permits.acquire();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		takeAway(id);
		this.fixture.within(LEASE).until(() -> interrupted.getCount() == 0);
		assertThat(context.get().isCancelled()).isTrue();
		this.fixture.await(() -> this.told.leaseLost.size() == 1 && this.fixture.ledger().running() == 0);
		assertThat(this.fixture.job(id)).containsEntry("lock_owner", 4711L).containsEntry("attempt", 1);
		assertThat(this.fixture.archived()).isZero();
		assertThat(this.told.completed).isEmpty();
	}

	@Test
	@DisplayName("B35: an outcome that comes before the loss was noticed is not written either")
	void outcomeReachedBeforeTheLossIsNoticedIsNotWritten() {
		long id = this.fixture.insert("slow");
		this.fixture.worker().lease(Duration.ofMinutes(1)).listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		takeAway(id);
		this.permits.release();
		this.fixture.await(() -> this.told.leaseLost.size() == 1);
		assertThat(this.fixture.job(id)).containsEntry("lock_owner", 4711L);
		assertThat(this.fixture.archived()).isZero();
		assertThat(this.told.completed).isEmpty();
	}

	@Test
	@DisplayName("B35: a job that was deleted while it ran stops as well")
	void deletedJobIsStopped() {
		long id = this.fixture.insert("slow");
		this.fixture.worker().lease(LEASE).listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		this.fixture.jdbc().update("delete from tasuki.job where id = ?", id);
		this.fixture.within(LEASE.multipliedBy(2))
			.until(() -> this.told.leaseLost.size() == 1 && this.fixture.ledger().running() == 0);
	}

	@Test
	@DisplayName("B36, B37: the last attempt of a dead worker's job is repeated, not lost and not counted twice")
	void jobOfADeadWorkerRunsAgainAsTheSameAttempt() {
		long lost = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1));
		long soon = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(700));
		this.fixture.worker().maxAttempts(1).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.archived() == 2);
		assertThat(this.fixture.ledger().runs()).extracting((run) -> run.job().attempt()).containsExactly(1, 1);
		assertThat(this.fixture.ledger().runs()).extracting(Ledger.Run::id).containsExactly(lost, soon);
	}

	@Test
	@DisplayName("B37: a last attempt that crashed and then fails is dead, not running for ever")
	void repeatedLastAttemptThatFailsIsDead() {
		long id = this.fixture.insertAbandoned("mail", 3, Duration.ofMillis(-1));
		this.fixture.worker().maxAttempts(3).handler("mail", (context) -> {
			throw new IllegalStateException("refused");
		}).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 3);
		assertThat(this.fixture.ledger().runs(id)).hasSize(1);
	}

	@Test
	@DisplayName("B38: a job that has taken down as many workers as it may is dead without another try")
	void jobThatCrashedTooOftenIsDead() {
		long id = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1));
		this.fixture.jdbc().update("update tasuki.job set crashes = 2 where id = ?", id);
		this.fixture.worker().maxCrashes(2).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.ledger().count()).isZero();
		assertThat((String) this.fixture.deadJob(id).get("reason")).contains("died 2 times");
	}

	@Test
	@DisplayName("B38: the dead letter of a job that crashed too often names the workers it took down, oldest first")
	void deadLetterNamesTheWorkersThatTheJobTookDown() {
		long id = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1));
		this.fixture.jdbc().update("update tasuki.job set crashes = 3, crash_owners = '{1, 2, 3}' where id = ?", id);
		this.fixture.jdbc().update("insert into tasuki.owner (id, worker) values (1, 'b (pid 1)'), (3, 'a (pid 3)')");
		this.fixture.worker().handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		String workers = "died 3 times while it held it, which is all it may: b (pid 1), unknown worker, a (pid 3)";
		assertThat(this.fixture.deadJob(id)).containsEntry("crashes", 3)
			.hasEntrySatisfying("reason", (reason) -> assertThat(reason).asString().endsWith(workers))
			.hasEntrySatisfying("errors", (errors) -> assertThat(errors).asString().contains(workers));
	}

	@Test
	@DisplayName("B38: a job that crashed too often ends even where the names of its workers cannot be read")
	void jobThatCrashedTooOftenIsDeadWithoutNames() {
		long id = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1));
		this.fixture.jdbc().update("update tasuki.job set crashes = 3, crash_owners = '{1, 2, 3}' where id = ?", id);
		this.fixture.jdbc().execute("alter table tasuki.owner rename to nobody_knows");
		this.fixture.worker().handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat((String) this.fixture.deadJob(id).get("reason")).endsWith("which is all it may");
	}

	@Test
	@DisplayName("B36: the jobs of a dead worker do not wait behind a backlog of slow ones")
	void deadWorkersJobsAreTakenOverDuringABacklog() {
		this.fixture.insertMany(200, "slow");
		AtomicBoolean open = new AtomicBoolean();
		this.fixture.worker().slots(1).handler("slow", (context) -> {
			if (!open.get()) {
				this.permits.tryAcquire(150, TimeUnit.MILLISECONDS);
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().count() >= 2);
		long lost = this.fixture.insertAbandoned("slow", 1, Duration.ofMillis(-1));
		this.fixture.await(() -> this.fixture.ledger().runs(lost).size() == 1);
		assertThat(this.fixture.ledger().count()).isLessThan(40);
		open.set(true);
	}

	@Test
	@DisplayName("rule 5: a worker that had to reconnect takes nothing over for a third of a lease")
	void takesNothingOverJustAfterItsConnectionFailed() {
		Duration lease = Duration.ofSeconds(4);
		long first = this.fixture.insert("mail");
		this.fixture.worker()
			.lease(lease)
			.poll(Duration.ofMillis(200))
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isArchived(first));
		long begin = System.nanoTime();
		this.fixture.number("""
				select count(pg_terminate_backend(pid)) from pg_stat_activity
				 where datname = current_database() and application_name = 'tasuki claimer'
				""");
		long id = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1));
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(Duration.ofNanos(this.fixture.ledger().runs(id).get(0).nanos() - begin))
			.isGreaterThan(lease.dividedBy(3));
	}

	@Test
	@DisplayName("S29, rule 2: a row that a transaction has locked for seconds holds up nobody else's outcome")
	void lockedRowDelaysOnlyItsOwnOutcome() throws SQLException {
		long locked = this.fixture.insert("slow");
		this.fixture.worker()
			.lease(LEASE)
			.listener(this.told)
			.handler("slow", this.slow)
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		try (Connection connection = this.fixture.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			lock(connection, locked);
			this.permits.release();
			long until = System.nanoTime() + LEASE.plusMillis(700).toNanos();
			for (int i = 1; System.nanoTime() - until < 0; i++) {
				int finished = i;
				this.fixture.insertMany(10, "mail");
				this.fixture.await(() -> this.fixture.archived() == finished * 10L);
			}
			assertThat(this.told.leaseLost).isEmpty();
			assertThat(this.fixture.isLive(locked)).isTrue();
			connection.rollback();
		}
		this.fixture.await(() -> this.fixture.isArchived(locked));
		assertThat(this.fixture.ledger().runs(locked)).hasSize(1);
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(this.told.completed)
			.allSatisfy((outcome) -> assertThat(outcome).isInstanceOf(Outcome.Succeeded.class));
	}

	@Test
	@DisplayName("rule 2: the heartbeat takes a locked row for held, and renews the others")
	void heartbeatDoesNotTakeALockedRowForLost() throws SQLException {
		long locked = this.fixture.insert("slow");
		this.fixture.insertMany(2, "slow");
		this.fixture.worker().lease(LEASE).listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 3);
		try (Connection connection = this.fixture.dataSource().getConnection()) {
			connection.setAutoCommit(false);
			lock(connection, locked);
			long until = System.nanoTime() + LEASE.plusMillis(700).toNanos();
			this.fixture.await(() -> {
				assertThat(this.fixture.number("""
						select count(*) from tasuki.job where lease_expires_at < clock_timestamp() and id <> ?
						""", locked)).isZero();
				return System.nanoTime() - until > 0;
			});
			assertThat(this.told.leaseLost).isEmpty();
			connection.rollback();
		}
		this.permits.release(3);
		this.fixture.await(() -> this.fixture.archived() == 3);
		assertThat(this.fixture.ledger().count()).isEqualTo(3);
		assertThat(this.told.leaseLost).isEmpty();
	}

	/** Makes the job another worker's. */
	private void takeAway(long id) {
		this.fixture.jdbc().update("""
				update tasuki.job set lease_no = lease_no + 1, lock_owner = 4711,
				       lease_expires_at = clock_timestamp() + interval '1 hour' where id = ?
				""", id);
	}

	private static void lock(Connection connection, long id) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("select from tasuki.job where id = ? for update")) {
			statement.setLong(1, id);
			statement.execute();
		}
	}

}
