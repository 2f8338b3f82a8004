package io.tasuki.worker;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TimeoutsTests {

	private static final Duration GRACE = Duration.ofMillis(50);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Queue<FinishedJob> finished = new ConcurrentLinkedQueue<>();

	private final StuckSlots stuckSlots = new StuckSlots();

	private final CountDownLatch end = new CountDownLatch(1);

	private @Nullable Timeouts timeouts;

	@AfterEach
	void stopThreads() {
		this.end.countDown();
		this.executor.shutdownNow();
		if (this.timeouts != null) {
			this.timeouts.close();
		}
	}

	@Test
	void attemptWithoutTimeoutBeginsNoThread() {
		long before = timers();
		Timeouts timeouts = timeouts(null, GRACE);
		HeldJob job = job(null);
		job.start();
		timeouts.begin(job);
		timeouts.over(job);
		assertThat(timers()).isLessThanOrEqualTo(before);
	}

	@Test
	void asksAnAttemptToStopAtItsTime() throws Exception {
		Timeouts timeouts = timeouts(Duration.ofMillis(30), Duration.ofHours(1));
		HeldJob job = job(null);
		Future<Boolean> interrupted = this.executor.submit(() -> {
			job.start();
			timeouts.begin(job);
			return isInterrupted();
		});
		assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
		assertThat(job.stop()).isEqualTo(HeldJob.Stop.TIMED_OUT);
		assertThat(job.finish()).as("a result that comes in time").isNotNull();
		assertThat(this.finished).isEmpty();
	}

	private boolean isInterrupted() {
		try {
			return this.end.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	@Test
	void leavesAnAttemptAloneThatIsOver() throws InterruptedException {
		Timeouts timeouts = timeouts(Duration.ofMillis(50), GRACE);
		HeldJob quick = job(null);
		quick.start();
		timeouts.begin(quick);
		quick.finish();
		timeouts.over(quick);
		HeldJob slow = job(null);
		this.executor.execute(() -> runDeaf(timeouts, slow));
		await().until(() -> !this.finished.isEmpty());
		assertThat(this.finished).extracting(FinishedJob::held).containsExactly(slow);
		assertThat(quick.stop()).isNull();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void endsAnAttemptWhoseThreadGoesOnAfterTheGrace() {
		Timeouts timeouts = timeouts(null, GRACE);
		HeldJob job = job(Duration.ofMillis(30));
		this.executor.execute(() -> runDeaf(timeouts, job));
		await().until(() -> this.stuckSlots.count() == 1);
		assertThat(this.finished).singleElement().satisfies((finished) -> {
			assertThat(finished.completion().outcome()).isInstanceOf(Outcome.Retry.class);
			assertThat(finished.runTime()).isGreaterThanOrEqualTo(Duration.ofMillis(80));
			Failure failure = finished.completion().error();
			assertThat(failure).isNotNull();
			assertThat(failure.type()).isEqualTo("timeout");
			assertThat(failure.message()).contains("timeout of 0.03s");
			assertThat(failure.stackTrace()).contains("runDeaf").contains("stands here");
		});
		assertThat(job.finish()).as("a result that comes too late").isNull();
		this.end.countDown();
		await().until(() -> this.stuckSlots.count() == 0);
		assertThat(this.finished).hasSize(1);
	}

	@Test
	void givesTheThreadOfALostLeaseTheGraceToComeBack() {
		Timeouts timeouts = timeouts(null, GRACE);
		HeldJob heeding = job(null);
		heeding.start();
		heeding.lose();
		timeouts.awaitReturn(heeding);
		this.stuckSlots.cameBack(heeding);
		HeldJob deaf = job(null);
		this.executor.execute(() -> runDeaf(timeouts, deaf));
		await().until(deaf::isRunning);
		deaf.lose();
		timeouts.awaitReturn(deaf);
		await().until(() -> this.stuckSlots.count() == 1);
		this.end.countDown();
		await().until(() -> this.stuckSlots.count() == 0);
		assertThat(this.finished).isEmpty();
		Thread.interrupted();
	}

	@Test
	void countsThreadsThatWereToComeBackWhenItIsClosed() {
		Timeouts timeouts = timeouts(null, Duration.ofHours(1));
		HeldJob deaf = job(null);
		this.executor.execute(() -> runDeaf(timeouts, deaf));
		await().until(deaf::isRunning);
		deaf.lose();
		timeouts.awaitReturn(deaf);
		assertThat(this.stuckSlots.count()).isZero();
		timeouts.close();
		assertThat(this.stuckSlots.count()).isOne();
	}

	@Test
	void endsAnAttemptAtOnceWhenAskedToAfterItsTime() {
		Timeouts timeouts = timeouts(Duration.ofMillis(30), Duration.ofHours(1));
		HeldJob job = job(null);
		this.executor.execute(() -> runDeaf(timeouts, job));
		await().until(job::isRunning);
		await().until(() -> timeouts.expire(job));
		assertThat(job.stop()).isEqualTo(HeldJob.Stop.TIMED_OUT);
		assertThat(this.finished).hasSize(1);
		assertThat(timeouts.expire(job)).isFalse();
		assertThat(timeouts.expire(job(null))).as("one that does not run").isFalse();
	}

	private void runDeaf(Timeouts timeouts, HeldJob job) {
		job.start();
		timeouts.begin(job);
		while (this.end.getCount() > 0) {
			isInterrupted();
		}
		job.finish();
		timeouts.over(job);
		this.stuckSlots.cameBack(job);
	}

	private Timeouts timeouts(@Nullable Duration byDefault, Duration grace) {
		Timeouts timeouts = new Timeouts(new RetryPolicy(Jobs.settings(4, byDefault)), this.finished::add,
				this.stuckSlots, grace);
		this.timeouts = timeouts;
		return timeouts;
	}

	private static HeldJob job(@Nullable Duration timeout) {
		HeldJob job = Jobs.held(Jobs.line(), 1, 5);
		HandlerExecution execution = HandlerExecution.DEFAULT.withTimeout(timeout);
		return new HeldJob(job.claimed(), job.registration().withExecution(execution), job.line(), 0);
	}

	private static long timers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("tasuki-timeouts"))
			.count();
	}

}
