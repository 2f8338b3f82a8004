package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.JobCancelledException;
import io.tasuki.JobResult;
import io.tasuki.store.Outcome;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRetries;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of attempts that take too long, and of the slots whose threads do. */
@ExtendWith(OutputCaptureExtension.class)
class TimeoutsIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final RecordingListener told = new RecordingListener();

	private final Semaphore permits = new Semaphore(0);

	/** Heeds its interruption. */
	private final Handler slow = (context) -> {
		this.permits.acquire();
		return JobResult.done();
	};

	/** Does not heed it. */
	private final Handler deaf = (context) -> {
		this.permits.acquireUninterruptibly();
		return JobResult.done();
	};

	private final Handler quick = (context) -> JobResult.done();

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("B29: an attempt that takes too long is interrupted, fails, and is retried")
	void attemptThatTakesTooLongFailsAndIsRetried() {
		long id = this.fixture.insert("slow");
		CountDownLatch told = new CountDownLatch(1);
		this.fixture.worker().slots(1).timeout(TIMEOUT).handler("slow", (context) -> {
			if (context.attempt() > 1) {
				return JobResult.done();
			}
			try {
				return this.slow.handle(context);
			}
			catch (InterruptedException ex) {
				assertThat(context.isCancelled()).isTrue();
				assertThatExceptionOfType(JobCancelledException.class).isThrownBy(context::throwIfCancelled)
					.withMessageContaining("longer than its timeout");
				told.countDown();
				throw ex;
			}
		}).start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isArchived(id));
		assertThat(told.getCount()).isZero();
		assertThat(this.fixture.archivedJob(id)).containsEntry("attempt", 2).containsEntry("crashes", 0);
		assertThat(error(id, "type")).isEqualTo("timeout");
		assertThat(error(id, "message")).isEqualTo("It ran longer than its timeout of 0.3s");
		assertThat(error(id, "attempt")).isEqualTo("1");
		assertThat(error(id, "stackTrace")).contains("InterruptedException").contains("TimeoutsIntegrationTests");
	}

	@Test
	@DisplayName("B29: the timeout of the last attempt makes the job dead")
	void timeoutOfTheLastAttemptIsDead() {
		long id = this.fixture.insert("slow");
		this.fixture.worker().timeout(TIMEOUT).maxAttempts(2).handler("slow", this.slow).start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isDead(id));
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 2)
			.containsEntry("reason", "Attempt 2 of 2 failed: It ran longer than its timeout of 0.3s");
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead, jsonb_array_elements(errors) as error
				 where error->>'type' = 'timeout'
				""")).isEqualTo(2);
	}

	@Test
	@DisplayName("B29: a handler that is done before its end is recorded is done, timeout or not")
	void doneWinsOverTheTimeout() {
		long id = this.fixture.insert("slow");
		this.fixture.worker().timeout(TIMEOUT).handler("slow", (context) -> {
			try {
				return this.slow.handle(context);
			}
			catch (InterruptedException ex) {
				return JobResult.done();
			}
		}).start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("attempt", 1).containsEntry("errors", null);
	}

	@Test
	@DisplayName("B29: a handler's own timeout goes before the worker's, and others are left alone")
	void handlersOwnTimeoutGoesFirst() {
		long brief = this.fixture.insert("brief");
		long slow = this.fixture.insert("slow");
		this.fixture.worker()
			.maxAttempts(1)
			.timeout(Duration.ofHours(1))
			.handler("slow", this.slow)
			.handler(HandlerRegistration.of("brief", this.slow)
				.withExecution(HandlerExecution.DEFAULT.withTimeout(TIMEOUT)))
			.start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isDead(brief));
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> this.fixture.isArchived(slow));
	}

	@Test
	@DisplayName("B29: a handler that ignores its interruption: the attempt ends, its slot is stuck until its thread comes back")
	void slotOfADeafHandlerIsNotReused(CapturedOutput output) {
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker()
			.slots(1)
			.listener(this.told)
			.handler(HandlerRegistration.of("deaf", this.fixture.ledger().recording("worker", this.deaf))
				.withExecution(HandlerExecution.DEFAULT.withTimeout(TIMEOUT))
				.withRetries(HandlerRetries.DEFAULT.withBackoff(Backoff.constant(Duration.ofHours(1)))))
			.handler("mail", this.quick)
			.start();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 1);
		this.fixture.within(LIMIT).until(() -> this.fixture.isAvailable(id));
		assertThat(this.fixture.ledger().running()).isOne();
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1);
		assertThat(error(id, "type")).isEqualTo("timeout");
		assertThat(error(id, "stackTrace")).contains("acquireUninterruptibly");
		this.fixture.within(LIMIT)
			.untilAsserted(() -> assertThat(output).contains("The slot of job " + id)
				.contains("is stuck: it ran longer than its timeout of 0.3s"));
		long mail = this.fixture.insert("mail");
		long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		this.fixture.within(LIMIT).until(() -> System.nanoTime() - until > 0);
		assertThat(this.fixture.ledger().runs(mail)).isEmpty();
		assertThat(worker.health().stuckSlots()).isOne();
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> this.fixture.isArchived(mail));
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
		this.fixture.within(LIMIT).untilAsserted(() -> assertThat(output).contains("is free again after"));
		assertThat(output.getAll().split("is stuck: ", -1)).hasSize(2);
		assertThat(this.fixture.isAvailable(id)).as("the late result is discarded").isTrue();
		this.fixture.within(LIMIT)
			.untilAsserted(() -> assertThat(this.told.completed).hasSize(2)
				.hasAtLeastOneElementOfType(Outcome.Retry.class)
				.hasAtLeastOneElementOfType(Outcome.Succeeded.class));
		assertThat(this.told.leaseLost).isEmpty();
	}

	@Test
	@DisplayName("B29: while the old thread of an attempt goes on, the next attempt runs in another slot")
	void nextAttemptRunsInAnotherSlot() {
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker()
			.slots(2)
			.timeout(TIMEOUT)
			.handler("deaf", (context) -> (context.attempt() == 1) ? this.deaf.handle(context) : JobResult.done())
			.start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("attempt", 2);
		assertThat(worker.health().stuckSlots()).isOne();
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
		assertThat(this.fixture.archived()).isOne();
	}

	@Test
	@DisplayName("S18: a stop does not wait for stuck slots, and shows what still runs")
	void stopDoesNotWaitForStuckSlots() {
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker()
			.timeout(TIMEOUT)
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.shutdown(Duration.ofSeconds(40))
			.handler("deaf", this.deaf)
			.start();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 1);
		this.fixture.within(LIMIT).until(() -> this.fixture.isAvailable(id));
		long begin = System.nanoTime();
		worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
		assertThat(worker.health().stuckSlots()).isOne();
		worker.start();
		assertThat(worker.health().stuckSlots()).as("of a former run").isOne();
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
	}

	@Test
	@DisplayName("S18: a job that is handed back while it runs has a stuck slot until its thread comes back")
	void slotOfAJobHandedBackIsStuck(CapturedOutput output) {
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker().shutdown(Duration.ofSeconds(5)).handler("deaf", this.deaf).start();
		this.fixture.within(LIMIT).until(() -> this.fixture.ledger().running() == 1);
		worker.stop();
		assertThat(this.fixture.isAvailable(id)).isTrue();
		assertThat(worker.health().stuckSlots()).isOne();
		this.fixture.within(LIMIT)
			.untilAsserted(() -> assertThat(output).contains("is stuck: the worker stops and hands it back"));
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
	}

	@Test
	@DisplayName("S18: an attempt whose time is over when its worker stops has failed, and is not handed back")
	void attemptWhoseTimeIsOverIsNotHandedBack() {
		long id = this.fixture.insert("deaf");
		CountDownLatch late = new CountDownLatch(1);
		Worker worker = this.fixture.worker()
			.timeout(TIMEOUT)
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.shutdown(Duration.ofSeconds(5))
			.handler("deaf", (context) -> {
				while (!context.isCancelled()) {
					Thread.onSpinWait();
				}
				late.countDown();
				return this.deaf.handle(context);
			})
			.start();
		this.fixture.within(LIMIT).until(() -> late.getCount() == 0);
		worker.stop();
		assertThat(this.fixture.isAvailable(id)).isTrue();
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1);
		assertThat(error(id, "type")).isEqualTo("timeout");
		assertThat(worker.health().stuckSlots()).isOne();
	}

	@Test
	@DisplayName("B35: the thread of a lost lease that goes on makes a stuck slot")
	void slotOfALostLeaseIsStuckWhileItsThreadGoesOn(CapturedOutput output) {
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker()
			.lease(Duration.ofSeconds(1))
			.listener(this.told)
			.handler("deaf", this.deaf)
			.start();
		this.fixture.within(LIMIT).until(() -> this.fixture.ledger().running() == 1);
		this.fixture.jdbc().update("""
				update tasuki.job set lease_no = lease_no + 1, lock_owner = 4711,
				       lease_expires_at = clock_timestamp() + interval '1 hour' where id = ?
				""", id);
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 1);
		this.fixture.within(LIMIT).untilAsserted(() -> {
			assertThat(this.told.leaseLost).hasSize(1);
			assertThat(output).contains("is stuck: its lease was lost");
		});
		this.permits.release();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
		assertThat(this.fixture.job(id)).containsEntry("lock_owner", 4711L);
	}

	@Test
	@DisplayName("B29: a thread that waits for its database and cannot be interrupted comes back when it answers")
	void statementOnAPlatformThreadIsWaitedFor() {
		long id = this.fixture.insert("sleep");
		Worker worker = this.fixture.worker()
			.timeout(TIMEOUT)
			.maxAttempts(1)
			.handler("sleep", (context) -> sleepInDatabase(8))
			.start();
		this.fixture.within(LIMIT).until(() -> this.fixture.isDead(id));
		assertThat(worker.health().stuckSlots()).isOne();
		this.fixture.within(LIMIT).until(() -> worker.health().stuckSlots() == 0);
		assertThat(this.fixture.archived()).isZero();
		assertThat(worker.health().databaseReachable()).isTrue();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@DisplayName("B29: the socket that an interruption closes under a virtual thread is a timeout and no outage")
	void interruptedSocketOfAVirtualThreadIsNoOutage(CapturedOutput output) throws Exception {
		this.fixture.insertMany(8, "sleep");
		Worker worker = this.fixture.worker()
			.on(virtualThreads())
			.timeout(TIMEOUT)
			.maxAttempts(2)
			.listener(this.told)
			.handler("sleep", (context) -> sleepInDatabase(120))
			.handler(HandlerRegistration.of("mail", this.quick)
				.withExecution(HandlerExecution.DEFAULT.withTimeout(Duration.ofHours(1))))
			.start();
		this.fixture.within(LIMIT).until(() -> {
			assertThat(worker.health().lastError()).isNull();
			return this.fixture.dead() == 8;
		});
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead, jsonb_array_elements(errors) as error
				 where error->>'type' = 'timeout' and error->>'stackTrace' like '%SQLException%'
				""")).isEqualTo(16);
		this.fixture.insertMany(100, "mail");
		this.fixture.within(LIMIT).until(() -> this.fixture.archived() == 100);
		assertThat(worker.health().databaseReachable()).isTrue();
		assertThat(worker.health().stuckSlots()).isZero();
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(output).doesNotContain("The database does not answer").doesNotContain("answers the poller again");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@DisplayName("B29, rule 1: an interruption never reaches the charging of suspects on the same virtual thread")
	void interruptionDoesNotReachTheChargingOfSuspects(CapturedOutput output) throws Exception {
		for (int i = 0; i < 12; i++) {
			this.fixture.insertAbandoned("sleep", 1, Duration.ofMillis(-1));
		}
		// These run one after the other, each on the thread of the one before.
		this.fixture.jdbc().update("update tasuki.job set crashes = 2");
		this.fixture.worker()
			.on(virtualThreads())
			.maxCrashes(10)
			.timeout(TIMEOUT)
			.maxAttempts(1)
			.listener(this.told)
			.handler("sleep", (context) -> {
				// Says nothing of the interruption, and leaves it to whoever comes next.
				try {
					return sleepInDatabase(120);
				}
				finally {
					Thread.currentThread().interrupt();
				}
			})
			.start();
		this.fixture.within(LIMIT).until(() -> this.fixture.dead() == 12);
		assertThat(this.fixture.number("select count(*) from tasuki.job_dead where crashes = 3")).isEqualTo(12);
		assertThat(this.fixture.ledger().count()).isEqualTo(12);
		assertThat(output).doesNotContain("Cannot charge");
		assertThat(this.told.leaseLost).isEmpty();
	}

	private JobResult sleepInDatabase(int seconds) throws SQLException {
		try (Connection connection = this.fixture.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("select pg_sleep(%d)".formatted(seconds));
			return JobResult.done();
		}
	}

	private String error(long id, String property) {
		return String.valueOf(this.fixture.jdbc().queryForObject("""
				select errors->0->>? from (
				  select id, errors from tasuki.job union all
				  select id, errors from tasuki.job_archive union all
				  select id, errors from tasuki.job_dead) as job
				 where id = ?
				""", String.class, property, id));
	}

	/** Exists since Java 21, and this is compiled for 17. */
	private static Executor virtualThreads() throws ReflectiveOperationException {
		return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

}
