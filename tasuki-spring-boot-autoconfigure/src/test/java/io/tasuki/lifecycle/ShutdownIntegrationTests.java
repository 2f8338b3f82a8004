package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker leaves behind when it stops. */
class ShutdownIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

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
	@DisplayName("B42: prefetched jobs go back uncharged at once, running ones finish")
	void handsBackWhatHasNotBegunAndLetsTheRestFinish() throws InterruptedException {
		// Fast ones first, so that slow ones behind them are prefetched.
		this.fixture.insertMany(3_000, "mixed");
		String runAt = runAt();
		Worker worker = this.fixture.worker().slots(2).shutdown(Duration.ofSeconds(10)).handler("mixed", (context) -> {
			if (context.job().id().value() > 1_000) {
				this.permits.acquire();
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 2 && this.fixture.ledger().count() == 1_002
				&& this.fixture.archived() == 1_000);
		long leased = this.fixture.leased();
		assertThat(leased).as("prefetched").isGreaterThan(2);
		Thread stop = stopInBackground(worker);
		this.fixture.await(() -> this.fixture.leased() == 2);
		assertThat(this.fixture.ledger().running()).isEqualTo(2);
		this.permits.release(2);
		stop.join(5_000);
		assertThat(stop.isAlive()).isFalse();
		assertThat(this.fixture.archived()).isEqualTo(1_002);
		assertThat(this.fixture.ledger().count()).isEqualTo(1_002);
		assertUntouched(1_998);
		assertThat(runAt()).isEqualTo(runAt);
		assertThat(this.fixture.notifications().sent).as("told to other instances").isNotEmpty();
	}

	@Test
	@DisplayName("B42: a running job is told, interrupted when its time is over, and goes back uncharged")
	void interruptsAtTheEndOfTheGracePeriodAndHandsBackUncharged() {
		AtomicReference<JobContext> context = new AtomicReference<>();
		long id = this.fixture.insert("slow");
		String runAt = runAt();
		Worker worker = this.fixture.worker().shutdown(Duration.ofSeconds(1)).handler("slow", (running) -> {
			context.set(running);
			return this.slow.handle(running);
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		assertThat(context.get().isDraining()).isFalse();
		Thread stop = stopInBackground(worker);
		this.fixture.await(() -> context.get().isDraining());
		assertThat(context.get().isCancelled()).isFalse();
		this.fixture.await(() -> !stop.isAlive());
		assertThat(this.fixture.ledger().running()).isZero();
		assertThat(this.fixture.job(id)).containsEntry("errors", null);
		assertUntouched(1);
		assertThat(runAt()).isEqualTo(runAt);
	}

	@Test
	@DisplayName("S18: a job that ignores interruption is handed back, and the stop ends in time")
	void stopsInTimeAlthoughAJobIgnoresInterruption() throws InterruptedException {
		CountDownLatch ended = new CountDownLatch(1);
		long id = this.fixture.insert("deaf");
		Worker worker = this.fixture.worker().shutdown(Duration.ofSeconds(1)).handler("deaf", (context) -> {
			this.permits.acquireUninterruptibly();
			ended.countDown();
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		long begin = System.nanoTime();
		worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1_300));
		assertUntouched(1);
		this.fixture.worker().named("other").handler("deaf", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		this.permits.release();
		assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(this.fixture.archived()).isOne();
	}

	@Test
	@DisplayName("B42: a shutdown timeout of zero still ends, and loses nothing for longer than a lease")
	void stopsWithoutAnyGrace() {
		long id = this.fixture.insert("slow");
		Worker worker = this.fixture.worker().shutdown(Duration.ZERO).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		long begin = System.nanoTime();
		worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
		this.permits.release(10);
		this.fixture.worker().named("other").handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
	}

	@Test
	@DisplayName("B42: nothing is claimed any more once a stop has begun")
	void claimsNothingWhileStopping() throws InterruptedException {
		this.fixture.insert("slow");
		Worker worker = this.fixture.worker().handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		Thread stop = stopInBackground(worker);
		this.fixture
			.await(() -> !this.fixture.ledger().runs().isEmpty() && stop.getState() == Thread.State.TIMED_WAITING);
		this.fixture.insertMany(5, "slow");
		this.fixture.notifications().deliverAll();
		this.permits.release(10);
		stop.join(5_000);
		assertThat(this.fixture.ledger().count()).isOne();
		assertUntouched(5);
	}

	@Test
	@DisplayName("a worker that was stopped can be started again")
	void runsAgainAfterAStop() {
		RecordingListener told = new RecordingListener();
		Worker worker = this.fixture.worker().listener(told).handler("slow", this.slow).create();
		for (int round = 1; round <= 3; round++) {
			int rounds = round;
			worker.start();
			worker.start();
			assertThat(worker.isRunning()).isTrue();
			this.fixture.insertMany(10, "slow");
			this.permits.release(10);
			this.fixture.await(() -> this.fixture.archived() == rounds * 10L);
			worker.stop();
			worker.stop();
			assertThat(worker.isRunning()).isFalse();
		}
		assertThat(this.fixture.ledger().count()).isEqualTo(30);
		this.fixture.await(() -> workerConnections() == 0);
	}

	@Test
	@DisplayName("a stop that is interrupted leaves no thread and no connection behind")
	void interruptedStopLeavesNothingBehind() throws InterruptedException {
		long id = this.fixture.insert("slow");
		Worker worker = this.fixture.worker().shutdown(Duration.ofSeconds(30)).handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1 && workerConnections() > 0);
		Thread stop = stopInBackground(worker);
		this.fixture.await(() -> stop.getState() == Thread.State.TIMED_WAITING);
		stop.interrupt();
		stop.join(5_000);
		assertThat(stop.isAlive()).isFalse();
		this.fixture.await(() -> workerConnections() == 0);
		this.permits.release(10);
		this.fixture.worker().named("other").handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
	}

	@Test
	@DisplayName("B42: stopping while jobs rush through loses none and runs none twice")
	void stopsAndStartsInTheMiddleOfADrain() {
		CountDownLatch never = new CountDownLatch(1);
		this.fixture.insertMany(6_000, "fast");
		Worker worker = this.fixture.worker().handler("fast", (context) -> {
			never.await(200, TimeUnit.MICROSECONDS);
			return JobResult.done();
		}).create();
		for (int stops = 0; stops < 5; stops++) {
			int before = this.fixture.ledger().count();
			worker.start();
			this.fixture.await(() -> this.fixture.ledger().count() > before + 300 || this.fixture.live() == 0);
			worker.stop();
			assertThat(this.fixture.leased()).isZero();
		}
		worker.start();
		this.fixture.await(() -> this.fixture.archived() == 6_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(6_000);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
	}

	private Thread stopInBackground(Worker worker) {
		Thread stop = new Thread(worker::stop, "stop");
		stop.start();
		return stop;
	}

	private void assertUntouched(int jobs) {
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job
				 where attempt = 0 and crashes = 0 and lock_owner is null and errors is null
				""")).isEqualTo(jobs);
	}

	private String runAt() {
		return String.valueOf(this.fixture.jdbc()
			.queryForObject("select max(run_at)::text from tasuki.job where attempt = 0", String.class));
	}

	private long workerConnections() {
		return this.fixture.number("""
				select count(*) from pg_stat_activity
				 where datname = current_database() and application_name like 'tasuki c%'
				""");
	}

}
