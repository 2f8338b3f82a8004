package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.tasuki.Admission;
import io.tasuki.Backoff;
import io.tasuki.BatchResult;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.RateLimit;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that run together in one call of their handler. */
class BatchesIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("Batches: a call takes up to batchSize jobs of those that are there, and never waits for more")
	void takesWhatIsThere() {
		Batches batches = new Batches((batch) -> BatchResult.done());
		this.fixture.insertMany(25, "mail");
		this.fixture.insertMany(3, "other");
		this.fixture.worker()
			.slots(1)
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.handler("other", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.archived() == 28);
		assertThat(batches.calls()).allSatisfy(
				(jobs) -> assertThat(jobs).hasSizeLessThanOrEqualTo(10).allMatch((job) -> job.kind().equals("mail")));
		assertThat(batches.calls().get(0)).hasSize(10);
		assertThat(batches.calls().stream().mapToInt(List::size).sum()).isEqualTo(25);
		long single = this.fixture.insert("mail");
		this.fixture.await(() -> this.fixture.isArchived(single));
		assertThat(batches.lastWith(single)).hasSize(1);
	}

	@Test
	@DisplayName("Batches, B26: a batch takes one slot, and no more jobs are leased than run")
	void takesOneSlot() {
		Batches batches = new Batches(this::block);
		this.fixture.insertMany(40, "mail");
		this.fixture.insertMany(5, "plain", "default", 9);
		this.fixture.worker()
			.slots(3)
			.handler(HandlerRegistration.ofBatch("mail", 5, batches)
				.withExecution(HandlerExecution.DEFAULT.withConcurrency(2)))
			.handler("plain", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> batches.running() == 2 && this.fixture.archived() == 5);
		assertThat(watchLeased()).isEqualTo(10);
		this.permits.release(1_000);
		this.fixture.await(() -> this.fixture.archived() == 45);
		assertThat(batches.mostRunning()).isEqualTo(2);
	}

	@Test
	@DisplayName("Batches, B22: full batches leave no slot to others, and lease nothing for it")
	void batchesHoldTheWorkersLimit() {
		Batches batches = new Batches(this::block);
		this.fixture.insertMany(40, "mail");
		this.fixture.worker().slots(3).handler(HandlerRegistration.ofBatch("mail", 5, batches)).start();
		this.fixture.await(() -> batches.running() == 3);
		this.fixture.insertMany(5, "mail", "default", 0);
		assertThat(watchLeased()).isEqualTo(15);
		this.permits.release(1_000);
		this.fixture.await(() -> this.fixture.archived() == 45);
		assertThat(batches.mostRunning()).isEqualTo(3);
	}

	@Test
	@DisplayName("Batches, B16: each job can have a result of its own")
	void recordsAResultForEachJob() {
		long done = this.fixture.insert("mail");
		long retried = this.fixture.insert("mail");
		long snoozed = this.fixture.insert("mail");
		long cancelled = this.fixture.insert("mail");
		long buried = this.fixture.insert("mail");
		long failed = this.fixture.insert("mail");
		Batches batches = new Batches((batch) -> BatchResult.done()
			.with(new JobId(retried), JobResult.retryIn(Duration.ofHours(1)))
			.with(new JobId(snoozed), JobResult.snooze(Duration.ofHours(2)))
			.with(new JobId(cancelled), JobResult.cancel("unsubscribed"))
			.with(new JobId(buried), JobResult.fail("no such address"))
			.withFailure(new JobId(failed), new IllegalStateException("mailbox full")));
		this.fixture.worker()
			.backoff(Backoff.constant(Duration.ofHours(3)))
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.start();
		this.fixture.await(() -> this.fixture.live() == 3 && this.fixture.leased() == 0);
		assertThat(batches.calls()).singleElement().satisfies((jobs) -> assertThat(jobs).hasSize(6));
		assertThat(this.fixture.state(done)).isEqualTo("succeeded");
		assertThat(this.fixture.archivedJob(cancelled)).containsEntry("reason", "unsubscribed");
		assertThat(this.fixture.deadJob(buried)).containsEntry("reason", "no such address");
		assertThat(this.fixture.job(retried)).containsEntry("attempt", 1);
		assertThat(this.fixture.job(snoozed)).containsEntry("attempt", 0).containsEntry("errors", null);
		assertThat(this.fixture.dueIn(failed)).isBetween(Duration.ofHours(2), Duration.ofHours(3));
		assertThat(this.fixture.job(failed).get("errors")).asString().contains("mailbox full");
	}

	@Test
	@DisplayName("Batches, B17: an exception is charged to each job, by its own limit of attempts")
	void exceptionIsChargedToEachJob() {
		long patient = this.fixture.insert("mail");
		long last = this.fixture.insert("mail");
		this.fixture.jdbc().update("update tasuki.job set max_attempts = 1 where id = ?", last);
		Batches batches = new Batches((batch) -> {
			throw new IllegalStateException("no connection");
		});
		this.fixture.worker()
			.backoff(Backoff.constant(Duration.ofHours(3)))
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.start();
		this.fixture.await(() -> this.fixture.isDead(last) && this.fixture.isAvailable(patient));
		assertThat(this.fixture.job(patient)).containsEntry("attempt", 1);
		assertThat(this.fixture.job(patient).get("errors")).asString().contains("no connection");
		assertThat(this.fixture.deadJob(last)).containsEntry("reason", "Attempt 1 of 1 failed: no connection");
	}

	@Test
	@DisplayName("Batches, S4: a payload that no longer decodes is dead alone, and the others of its batch run")
	void unreadablePayloadIsDeadAlone() {
		this.fixture.insertMany(4, "mail");
		long unreadable = this.fixture.insert("mail");
		this.fixture.insertMany(4, "mail");
		Batches batches = new Batches((batch) -> {
			throw new IllegalStateException("later");
		});
		batches.unreadable(unreadable);
		this.fixture.worker()
			.backoff(Backoff.constant(Duration.ofHours(3)))
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.start();
		this.fixture.await(() -> this.fixture.isDead(unreadable) && this.fixture.leased() == 0);
		assertThat(this.fixture.deadJob(unreadable).get("reason")).asString().contains("The payload cannot be read");
		assertThat(batches.calls()).singleElement().satisfies((jobs) -> assertThat(jobs).hasSize(8));
		assertThat(this.fixture.number("select count(*) from tasuki.job where attempt = 1")).isEqualTo(8);
	}

	@Test
	@DisplayName("Batches: nothing is called when no payload of a batch can be read")
	void callsNobodyForABatchThatCannotBeRead() {
		long unreadable = this.fixture.insert("mail");
		Batches batches = new Batches((batch) -> BatchResult.done());
		batches.unreadable(unreadable);
		this.fixture.worker().handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.await(() -> this.fixture.isDead(unreadable));
		assertThat(batches.calls()).isEmpty();
	}

	@Test
	@DisplayName("Batches, B41: a cancelled job of a batch is told so; the thread and the others are left alone")
	void cancelConcernsOneJobAlone() {
		long cancelled = this.fixture.insert("mail");
		long other = this.fixture.insert("mail");
		AtomicBoolean interrupted = new AtomicBoolean();
		Batches batches = new Batches((batch) -> {
			JobContext told = context(batch, cancelled);
			while (!told.isCancelled() && !Thread.currentThread().isInterrupted()) {
				LockSupport.parkNanos(1_000_000);
			}
			interrupted.set(Thread.currentThread().isInterrupted() || context(batch, other).isCancelled());
			return BatchResult.done().with(new JobId(cancelled), JobResult.retry());
		});
		this.fixture.worker().handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.await(() -> batches.running() == 1);
		new PostgresJobStore(this.fixture.dataSource(), false).cancel(new JobId(cancelled));
		this.fixture.await(() -> this.fixture.isArchived(cancelled) && this.fixture.isArchived(other));
		assertThat(interrupted).isFalse();
		assertThat(this.fixture.state(cancelled)).isEqualTo("cancelled");
		assertThat(this.fixture.state(other)).isEqualTo("succeeded");
	}

	@Test
	@DisplayName("Batches, B41: when every job of a batch is cancelled, its thread is interrupted")
	void interruptsABatchThatNobodyWants() {
		long one = this.fixture.insert("mail");
		long two = this.fixture.insert("mail");
		Batches batches = new Batches(this::block);
		this.fixture.worker().handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.await(() -> batches.running() == 1);
		PostgresJobStore store = new PostgresJobStore(this.fixture.dataSource(), false);
		store.cancel(new JobId(one));
		store.cancel(new JobId(two));
		this.fixture.await(() -> this.fixture.isArchived(one) && this.fixture.isArchived(two));
		assertThat(this.fixture.state(one)).isEqualTo("cancelled");
		assertThat(this.fixture.state(two)).isEqualTo("cancelled");
	}

	@Test
	@DisplayName("Batches, B35: a lost lease concerns one job; the outcomes of the others stand")
	void lostLeaseConcernsOneJobAlone() {
		long lost = this.fixture.insert("mail");
		long other = this.fixture.insert("mail");
		RecordingListener told = new RecordingListener();
		Batches batches = new Batches(this::block);
		this.fixture.worker().listener(told).handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.await(() -> batches.running() == 1);
		this.fixture.jdbc().update("""
				update tasuki.job set lease_no = lease_no + 1, lock_owner = 4711,
				       lease_expires_at = clock_timestamp() + interval '1 hour' where id = ?
				""", lost);
		this.fixture.await(() -> told.leaseLost.size() == 1);
		assertThat(batches.running()).isEqualTo(1);
		this.permits.release(1_000);
		this.fixture.await(() -> this.fixture.isArchived(other));
		assertThat(this.fixture.job(lost)).containsEntry("lock_owner", 4711L);
	}

	@Test
	@DisplayName("Batches, B29: a timeout fails every job of a batch, and a thread that goes on is one stuck slot")
	void timeoutFailsEveryJob() {
		this.fixture.insertMany(5, "mail");
		CountDownLatch comeBack = new CountDownLatch(1);
		Batches batches = new Batches((batch) -> {
			while (comeBack.getCount() > 0) {
				LockSupport.parkNanos(1_000_000);
			}
			return BatchResult.done();
		});
		Worker worker = this.fixture.worker()
			.maxAttempts(1)
			.handler(HandlerRegistration.ofBatch("mail", 10, batches)
				.withExecution(HandlerExecution.DEFAULT.withTimeout(Duration.ofMillis(200))))
			.start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.dead() == 5);
		assertThat(this.fixture.number("select count(*) from tasuki.job_dead where errors::text like '%timeout%'"))
			.isEqualTo(5);
		this.fixture.await(() -> worker.health().stuckSlots() == 1);
		comeBack.countDown();
		this.fixture.await(() -> worker.health().stuckSlots() == 0);
	}

	@Test
	@DisplayName("Batches, B29: a batch that heeds its interrupt has timed out as a whole")
	void interruptedBatchTimedOutAsAWhole() {
		this.fixture.insertMany(20, "mail");
		Batches batches = new Batches(this::block);
		this.fixture.worker()
			.maxAttempts(1)
			.handler(HandlerRegistration.ofBatch("mail", 20, batches)
				.withExecution(HandlerExecution.DEFAULT.withTimeout(Duration.ofMillis(200))))
			.start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.dead() == 20);
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead where errors->0->>'type' = 'timeout'
				""")).isEqualTo(20);
	}

	@Test
	@DisplayName("Batches, B38: a suspect runs alone, so that it can take no innocent one with it")
	void suspectRunsAlone() {
		this.fixture.insertMany(10, "mail");
		long one = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-10));
		long two = this.fixture.insertAbandoned("mail", 1, Duration.ofMillis(-10));
		this.fixture.insertMany(10, "mail");
		Batches batches = new Batches((batch) -> BatchResult.done());
		this.fixture.worker().handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.await(() -> this.fixture.archived() == 22);
		assertThat(batches.lastWith(one)).hasSize(1);
		assertThat(batches.lastWith(two)).hasSize(1);
		assertThat(batches.calls()).anyMatch((jobs) -> jobs.size() == 10);
	}

	@Test
	@DisplayName("Batches, B42: a shutdown hands every job of a batch back, uncharged")
	void shutdownHandsBackEveryJob() {
		this.fixture.insertMany(8, "mail");
		Batches batches = new Batches(this::block);
		Worker worker = this.fixture.worker()
			.shutdown(Duration.ofMillis(800))
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.start();
		this.fixture.await(() -> batches.running() == 1);
		worker.stop();
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job where attempt = 0 and lock_owner is null and errors is null
				""")).isEqualTo(8);
	}

	@Test
	@DisplayName("Batches, B24: a gate is asked for each job of a batch")
	void gateIsAskedForEachJob() {
		this.fixture.insertMany(4, "mail");
		long deferred = this.fixture.insert("mail");
		Batches batches = new Batches((batch) -> BatchResult.done());
		this.fixture.worker()
			.gate((job) -> (job.id().value() == deferred) ? Admission.defer(Duration.ofHours(1)) : Admission.grant())
			.handler(HandlerRegistration.ofBatch("mail", 10, batches))
			.start();
		this.fixture.await(() -> this.fixture.archived() == 4 && this.fixture.isAvailable(deferred));
		assertThat(batches.calls()).singleElement().satisfies((jobs) -> assertThat(jobs).hasSize(4));
		assertThat(this.fixture.job(deferred)).containsEntry("attempt", 0);
	}

	@Test
	@DisplayName("Batches, B31: a rate limit counts jobs, not batches")
	void rateLimitCountsJobs() {
		this.fixture.insertMany(40, "mail");
		Batches batches = new Batches((batch) -> BatchResult.done());
		this.fixture.worker()
			.handler(HandlerRegistration.ofBatch("mail", 10, batches)
				.withExecution(HandlerExecution.DEFAULT.withRateLimit(RateLimit.of("15/h"))))
			.start();
		this.fixture.await(() -> this.fixture.archived() == 15);
		assertThat(watchLeased()).isZero();
		assertThat(batches.calls().stream().mapToInt(List::size).sum()).isEqualTo(15);
	}

	@Test
	@DisplayName("Batches, B25: a batch runs in its handler's executor, and waits as a whole if it is refused")
	void refusedBatchWaitsAsAWhole() {
		this.fixture.insertMany(20, "mail");
		AtomicBoolean refuses = new AtomicBoolean(true);
		AtomicLong refused = new AtomicLong();
		Batches batches = new Batches((batch) -> BatchResult.done());
		this.fixture.worker().slots(2).executor("mails", (command) -> {
			if (refuses.get()) {
				refused.incrementAndGet();
				throw new IllegalStateException("full");
			}
			this.fixture.executor().execute(command);
		})
			.handler(HandlerRegistration.ofBatch("mail", 5, batches)
				.withExecution(HandlerExecution.DEFAULT.withExecutor("mails")))
			.start();
		this.fixture.await(() -> refused.get() >= 3);
		assertThat(batches.calls()).isEmpty();
		refuses.set(false);
		this.fixture.await(() -> this.fixture.archived() == 20);
		assertThat(batches.calls().stream().mapToInt(List::size).sum()).isEqualTo(20);
	}

	@Test
	@DisplayName("Batches: a result for a job that is not of the batch, or none, fails every job and says so")
	void wrongResultFailsEveryJob() {
		this.fixture.insertMany(3, "foreign");
		this.fixture.insertMany(3, "none");
		this.fixture.worker()
			.maxAttempts(1)
			.handler(HandlerRegistration.ofBatch("foreign", 10,
					new Batches((batch) -> BatchResult.done().with(new JobId(4711), JobResult.retry()))))
			.handler(HandlerRegistration.ofBatch("none", 10, new Batches((batch) -> nothing())))
			.start();
		this.fixture.await(() -> this.fixture.dead() == 6);
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead
				 where kind = 'foreign' and reason like '%a result for job 4711, which is not of this batch'
				""")).isEqualTo(3);
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead where kind = 'none' and reason like '%returned no BatchResult'
				""")).isEqualTo(3);
	}

	@Test
	@DisplayName("Batches, S6: 10 000 jobs on two workers run once each, in batches and by themselves")
	void everyJobRunsOnce() {
		this.fixture.insertMany(8_000, "mail");
		this.fixture.insertMany(2_000, "plain");
		Batches one = new Batches((batch) -> BatchResult.done());
		Batches two = new Batches((batch) -> BatchResult.done());
		for (Batches batches : List.of(one, two)) {
			this.fixture.worker()
				.handler(HandlerRegistration.ofBatch("mail", 50, batches))
				.handler("plain", (context) -> JobResult.done())
				.start();
		}
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.archived() == 10_000);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where lease_no = 1 and attempt = 1"))
			.isEqualTo(10_000);
		long ran = one.calls().stream().mapToInt(List::size).sum() + two.calls().stream().mapToInt(List::size).sum();
		assertThat(ran).isEqualTo(8_000);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	@SuppressWarnings("NullAway")
	private static BatchResult nothing() {
		return null;
	}

	private BatchResult block(List<JobContext> batch) throws InterruptedException {
		this.permits.acquire();
		return BatchResult.done();
	}

	private static JobContext context(List<JobContext> batch, long id) {
		return batch.stream().filter((context) -> context.job().id().value() == id).findAny().orElseThrow();
	}

	/** Returns the most jobs that are leased within some looks of the poller. */
	private long watchLeased() {
		AtomicLong mostLeased = new AtomicLong();
		long until = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
		this.fixture.await(() -> {
			mostLeased.accumulateAndGet(this.fixture.leased(), Math::max);
			return System.nanoTime() - until > 0;
		});
		return mostLeased.get();
	}

}
