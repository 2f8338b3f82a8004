package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import io.tasuki.Cancellation.Effect;
import io.tasuki.Handler;
import io.tasuki.JobCancelledException;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.PayloadValidator;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.PayloadWriter;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.Outcome;
import io.tasuki.worker.Worker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a worker does with jobs that somebody cancels while it holds them. */
@ExtendWith(OutputCaptureExtension.class)
class CancelsIntegrationTests {

	private static final Duration LONG_LEASE = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final JobClient client = client(this.fixture.notifications().local(), this.fixture.applicationDataSource());

	/** A client whose words reach nobody. */
	private final JobClient silentClient = client(this.fixture.notifications(), this.fixture.applicationDataSource());

	// Its transactions are not those of what the test itself does to the database.
	private final DataSource businessDataSource = this.fixture.dataSource();

	private final TransactionTemplate business = new TransactionTemplate(
			new JdbcTransactionManager(this.businessDataSource));

	private final JobClient businessClient = client(this.fixture.notifications().local(), this.businessDataSource);

	private final RecordingListener told = new RecordingListener();

	private final Semaphore permits = new Semaphore(0);

	private final AtomicReference<@Nullable JobContext> context = new AtomicReference<>();

	private final CountDownLatch interrupted = new CountDownLatch(1);

	private final Handler slow = (running) -> {
		this.context.set(running);
		try {
			this.permits.acquire();
		}
		catch (InterruptedException ex) {
			this.interrupted.countDown();
			throw ex;
		}
		return JobResult.done();
	};

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("B41: a running handler is told at once, by flag and by interrupt, and its job ends as cancelled")
	void runningHandlerIsToldAtOnce(CapturedOutput output) {
		JobId id = runSlow();
		long begin = System.nanoTime();
		assertThat(this.client.cancel(id).effect()).isEqualTo(Effect.REQUESTED);
		this.fixture.within(PATIENCE).until(() -> this.interrupted.getCount() == 0);
		System.out.printf("NOTE cancel to interrupt: %d us%n", (System.nanoTime() - begin) / 1_000);
		assertCancelled(id);
		JobContext running = this.context.get();
		assertThat(running).isNotNull();
		assertThat(running.isCancelled()).isTrue();
		assertThatExceptionOfType(JobCancelledException.class).isThrownBy(running::throwIfCancelled)
			.withMessageContaining("somebody cancelled it");
		assertThat(this.fixture.archivedJob(id.value())).containsEntry("errors", null);
		assertThat(output).doesNotContain("ERROR").doesNotContain("Failed:");
		assertThat(this.fixture.ledger().count()).isOne();
	}

	@Test
	@DisplayName("B41: a word that says too much for names makes a worker look at all it holds")
	void runningHandlerIsToldWhenAnythingMayHaveBeenCancelled() {
		JobId id = runSlow();
		this.silentClient.cancel(id);
		this.fixture.notifications().deliverAll();
		this.fixture.within(PATIENCE).until(() -> this.interrupted.getCount() == 0);
		assertCancelled(id);
	}

	@Test
	@DisplayName("B41: a word that is wrong interrupts nobody")
	void wordWithoutACancelChangesNothing() {
		JobId id = runSlow();
		JobId other = new JobId(this.fixture.insert("slow"));
		this.fixture.notifications().deliverAll();
		this.fixture.await(() -> this.fixture.ledger().running() == 2);
		this.fixture.notifications().local().sendCancelRequests(List.of(other, new JobId(Long.MAX_VALUE)));
		this.silentClient.cancel(id);
		this.fixture.notifications().local().sendCancelRequests(List.of(id));
		assertCancelled(id);
		assertThat(this.fixture.ledger().running()).isOne();
		this.permits.release();
		this.fixture.await(() -> this.fixture.isArchived(other.value()));
		assertThat(this.fixture.archivedJob(other.value())).containsEntry("outcome", 1);
	}

	@Test
	@DisplayName("B41: where the word is lost, the next heartbeat tells the handler")
	void runningHandlerIsToldByTheHeartbeat() {
		Duration lease = Duration.ofMillis(1_500);
		JobId id = new JobId(this.fixture.insert("slow"));
		this.fixture.worker().lease(lease).listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		long begin = System.nanoTime();
		this.silentClient.cancel(id);
		this.fixture.within(PATIENCE).until(() -> this.interrupted.getCount() == 0);
		System.out.printf("NOTE cancel to interrupt by heartbeat, lease %d ms: %d ms%n", lease.toMillis(),
				Duration.ofNanos(System.nanoTime() - begin).toMillis());
		assertCancelled(id);
	}

	@Test
	@DisplayName("S9: a handler that is done although it was told to stop has succeeded")
	void doneWinsOverACancel() {
		JobId id = new JobId(this.fixture.insert("slow"));
		this.fixture.worker().lease(LONG_LEASE).listener(this.told).handler("slow", (running) -> {
			this.context.set(running);
			this.permits.acquireUninterruptibly();
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		this.client.cancel(id);
		this.fixture.await(() -> isCancelled(this.context.get()));
		this.permits.release();
		this.fixture.await(() -> this.fixture.isArchived(id.value()));
		assertThat(this.fixture.archivedJob(id.value())).containsEntry("outcome", 1).containsEntry("reason", null);
		this.fixture.await(() -> this.told.completed.size() == 1);
		assertThat(this.told.completed).containsExactly(new Outcome.Succeeded());
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry", "snooze", "fail", "throw" })
	@DisplayName("Rule 8: whatever else a handler says after a cancel, its job ends as cancelled, and listeners hear that")
	void everythingElseBecomesCancelled(String end) {
		JobId id = new JobId(this.fixture.insert("slow"));
		this.fixture.worker().lease(LONG_LEASE).listener(this.told).maxAttempts(1).handler("slow", (running) -> {
			this.context.set(running);
			this.permits.acquireUninterruptibly();
			return switch (end) {
				case "retry" -> JobResult.retryIn(Duration.ZERO);
				case "snooze" -> JobResult.snooze(Duration.ZERO);
				case "fail" -> JobResult.fail("hopeless");
				default -> throw new IllegalStateException("broken");
			};
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		// No word of it: only the row knows.
		this.silentClient.cancel(id);
		assertThat(isCancelled(this.context.get())).isFalse();
		this.permits.release();
		assertCancelled(id);
		assertThat(this.fixture.ledger().count()).isOne();
		assertThat(this.fixture.dead()).isZero();
	}

	@Test
	@DisplayName("B41: a claimed job that waits for a slot ends as cancelled without a start")
	void claimedJobThatWaitsDoesNotStart() {
		// Fast ones first, so that slow ones behind them are prefetched.
		this.fixture.insertMany(3_000, "mixed");
		this.fixture.worker().slots(2).lease(LONG_LEASE).listener(this.told).handler("mixed", (running) -> {
			if (running.job().id().value() > 1_000) {
				this.permits.acquire();
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 2 && this.fixture.ledger().count() == 1_002
				&& this.fixture.archived() == 1_000);
		List<Long> waiting = this.fixture.jdbc()
			.queryForList("select id from tasuki.job where lock_owner is not null order by id offset 2", Long.class);
		assertThat(waiting).as("prefetched").isNotEmpty();
		waiting.forEach((id) -> assertThat(this.client.cancel(new JobId(id)).effect()).isEqualTo(Effect.REQUESTED));
		this.fixture.within(PATIENCE).until(() -> this.fixture.archived() == 1_000 + waiting.size());
		assertThat(this.fixture.ledger().running()).isEqualTo(2);
		this.permits.release(100_000);
		this.fixture.within(PATIENCE).until(() -> this.fixture.live() == 0);
		waiting.forEach((id) -> assertThat(this.fixture.ledger().runs(id)).isEmpty());
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where outcome = 2"))
			.isEqualTo(waiting.size());
		assertThat(this.told.completed.stream().filter(Outcome.Cancelled.BY_REQUEST::equals)).hasSameSizeAs(waiting);
	}

	@Test
	@DisplayName("Rule 8: a cancelled job of a dead worker is taken over to end, without a start and without a charge")
	void cancelledJobOfADeadWorkerDoesNotStart() {
		JobId id = new JobId(this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-1)));
		assertThat(this.client.cancel(id).effect()).isEqualTo(Effect.REQUESTED);
		this.fixture.worker().listener(this.told).handler("mail", (running) -> JobResult.done()).start();
		assertCancelled(id);
		assertThat(this.fixture.ledger().count()).isZero();
		assertThat(this.fixture.archivedJob(id.value())).containsEntry("attempt", 1).containsEntry("crashes", 1);
	}

	@Test
	@DisplayName("B41, B42: a handler that a stopping worker waits for is told as well")
	void handlerIsToldWhileItsWorkerStops() throws InterruptedException {
		JobId id = new JobId(this.fixture.insert("slow"));
		Worker worker = this.fixture.worker()
			.lease(LONG_LEASE)
			.shutdown(LONG_LEASE)
			.listener(this.told)
			.handler("slow", this.slow)
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		Thread stop = new Thread(worker::stop);
		stop.start();
		this.fixture.await(() -> {
			JobContext running = this.context.get();
			return running != null && running.isDraining();
		});
		this.client.cancel(id);
		stop.join(PATIENCE.toMillis());
		assertThat(stop.isAlive()).isFalse();
		assertCancelled(id);
	}

	@Test
	@DisplayName("B43: a job that waits for its retry ends at once and does not run again")
	void waitingJobEndsAtOnce() {
		JobId id = new JobId(this.fixture.insert("mail"));
		this.fixture.worker()
			.handler("mail",
					(running) -> (running.attempt() == 1) ? JobResult.retryIn(Duration.ofHours(1)) : JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1 && this.fixture.isAvailable(id.value()));
		assertThat(this.client.cancel(id).effect()).isEqualTo(Effect.CANCELLED);
		assertThat(this.client.find(id)).hasValueSatisfying((found) -> {
			assertThat(found.state()).isEqualTo(JobState.CANCELLED);
			assertThat(found.errors()).hasSize(1);
		});
	}

	@Test
	@DisplayName("S29: a transaction that holds a cancel open for longer than a lease holds up no other job, and nobody is told \"lost\"")
	void openCancelHoldsUpNoOtherJob() {
		Duration lease = Duration.ofSeconds(2);
		JobId cancelled = new JobId(this.fixture.insert("slow"));
		JobId bystander = new JobId(this.fixture.insert("bystander"));
		this.fixture.worker()
			.lease(lease)
			.listener(this.told)
			.handler("slow", this.slow)
			.handler("bystander", (running) -> {
				this.permits.acquire();
				return JobResult.done();
			})
			.handler("mail", (running) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 2);
		this.business.executeWithoutResult((status) -> {
			assertThat(this.businessClient.cancel(cancelled).effect()).isEqualTo(Effect.REQUESTED);
			othersGoOnFor(lease.multipliedBy(2), bystander);
			assertThat(this.fixture.number("""
					select count(*) from tasuki.job where id = ? and lease_expires_at < clock_timestamp()
					""", cancelled.value())).isOne();
			assertThat(this.interrupted.getCount()).as("told before the commit").isOne();
		});
		this.fixture.within(PATIENCE).until(() -> this.interrupted.getCount() == 0);
		this.fixture.within(PATIENCE).until(() -> this.fixture.isArchived(cancelled.value()));
		assertThat(this.fixture.archivedJob(cancelled.value())).containsEntry("outcome", 2)
			.containsEntry("lease_no", 1);
		this.permits.release();
		this.fixture.await(() -> this.fixture.isArchived(bystander.value()));
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	@Test
	@DisplayName("S29: an outcome reached while a cancel is open waits for its end, and no other does")
	void openCancelHoldsUpOnlyItsOwnOutcome() {
		Duration lease = Duration.ofSeconds(2);
		JobId cancelled = new JobId(this.fixture.insert("slow"));
		JobId bystander = new JobId(this.fixture.insert("bystander"));
		CountDownLatch never = new CountDownLatch(1);
		this.fixture.worker()
			.lease(lease)
			.listener(this.told)
			.handler("slow", this.slow)
			.handler("bystander", (running) -> {
				never.await();
				return JobResult.done();
			})
			.handler("mail", (running) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.ledger().running() == 2);
		this.business.executeWithoutResult((status) -> {
			this.businessClient.cancel(cancelled);
			this.permits.release();
			this.fixture.await(() -> this.fixture.ledger().running() == 1);
			othersGoOnFor(lease.multipliedBy(2), bystander);
			assertThat(this.fixture.isLive(cancelled.value())).isTrue();
		});
		this.fixture.within(PATIENCE).until(() -> this.fixture.isArchived(cancelled.value()));
		assertThat(this.fixture.archivedJob(cancelled.value())).as("done wins").containsEntry("outcome", 1);
		never.countDown();
		this.fixture.await(() -> this.fixture.isArchived(bystander.value()));
		assertThat(this.told.leaseLost).isEmpty();
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	private void othersGoOnFor(Duration duration, JobId bystander) {
		long until = System.nanoTime() + duration.toNanos();
		for (int round = 1; System.nanoTime() - until < 0; round++) {
			int finished = round;
			this.fixture.insertMany(10, "mail");
			this.fixture.within(PATIENCE)
				.until(() -> this.fixture.number("select count(*) from tasuki.job_archive where kind = 'mail'") == 10L
						* finished);
			assertThat(this.fixture.number("""
					select count(*) from tasuki.job where id = ? and lease_expires_at < clock_timestamp()
					""", bystander.value())).isZero();
		}
		assertThat(this.told.leaseLost).isEmpty();
	}

	private JobId runSlow() {
		JobId id = new JobId(this.fixture.insert("slow"));
		this.fixture.worker().lease(LONG_LEASE).withoutPoll().listener(this.told).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		return id;
	}

	private void assertCancelled(JobId id) {
		this.fixture.within(PATIENCE).until(() -> this.fixture.isArchived(id.value()));
		assertThat(this.client.find(id)).hasValueSatisfying((found) -> {
			assertThat(found.state()).isEqualTo(JobState.CANCELLED);
			assertThat(found.reason()).isEqualTo("Cancelled by request");
		});
		this.fixture.await(() -> !this.told.completed.isEmpty());
		assertThat(this.told.completed).containsExactly(Outcome.Cancelled.BY_REQUEST);
		assertThat(this.told.leaseLost).isEmpty();
	}

	private static boolean isCancelled(@Nullable JobContext context) {
		return context != null && context.isCancelled();
	}

	private static JobClient client(JobNotifications notifications, DataSource dataSource) {
		PostgresJobStore store = new PostgresJobStore(dataSource, false);
		return new DefaultJobClient(store, store.afterCommit(notifications), notifications,
				new PayloadWriter(new JacksonPayloadSerializer(new JsonMapper()), PayloadValidator.NONE, 1_000),
				(kind) -> Optional.empty(), false);
	}

}
