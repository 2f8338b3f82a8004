package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobResult;
import io.tasuki.faults.FaultTest;
import io.tasuki.store.Outcome;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What code around the worker can throw at it. */
@FaultTest
class HandlerErrorsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("B18: after a hundred errors every slot still runs jobs")
	void errorEndsTheAttemptAndEverySlotLivesOn(HandlerError error) {
		this.fixture.insertMany(100, "broken");
		CyclicBarrier together = new CyclicBarrier(4);
		this.fixture.worker()
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.handler("broken", error.handler)
			.handler("meet", (context) -> {
				together.await(10, TimeUnit.SECONDS);
				return JobResult.done();
			})
			.start();
		this.fixture.await(() -> this.fixture.number("""
				select count(*) from tasuki.job where attempt = 1 and lock_owner is null and errors->0->>'type' = ?
				""", error.type.getName()) == 100);
		this.fixture.insertMany(4, "meet");
		this.fixture.await(() -> this.fixture.archived() == 4);
		assertThat(this.fixture.ledger().runs("meet")).hasSize(4);
	}

	@Test
	void listenerThatThrowsChangesNothing() { // B33
		this.fixture.insertMany(50, "mail");
		this.fixture.insertMany(5, "refuse");
		AtomicInteger told = new AtomicInteger();
		this.fixture.worker().maxAttempts(2).listener(new WorkerListener() {

			@Override
			public void started(Job job) {
				throw new IllegalStateException("from a listener");
			}

			@Override
			public void completed(Job job, Outcome outcome, Duration runTime) {
				told.incrementAndGet();
				throw new StackOverflowError("from a listener");
			}

		}).handler("mail", (context) -> JobResult.done()).handler("refuse", (context) -> JobResult.retry()).start();
		this.fixture.await(() -> this.fixture.archived() == 50 && this.fixture.dead() == 5 && told.get() == 60);
		assertThat(this.fixture.ledger().count()).isEqualTo(60);
	}

	@Test
	void executorThatRefusesForAWhileOnlyDelaysJobs() { // B25
		this.fixture.insertMany(20, "mail");
		AtomicBoolean full = new AtomicBoolean(true);
		AtomicInteger refused = new AtomicInteger();
		this.fixture.worker().on((command) -> {
			if (full.get()) {
				refused.incrementAndGet();
				throw new RejectedExecutionException("full");
			}
			this.fixture.executor().execute(command);
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> refused.get() >= 4);
		full.set(false);
		this.fixture.await(() -> this.fixture.archived() == 20);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	@Test
	void executorThatCannotStartAThreadCostsNoSlot() throws Exception { // B18
		AtomicInteger refusals = new AtomicInteger(3);
		CyclicBarrier together = new CyclicBarrier(4);
		this.fixture.worker().on((command) -> {
			if (refusals.getAndDecrement() > 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			this.fixture.executor().execute(command);
		}).handler("meet", (context) -> {
			together.await(10, TimeUnit.SECONDS);
			return JobResult.done();
		}).start();
		this.fixture.insertMany(4, "meet");
		this.fixture.await(() -> this.fixture.archived() == 4);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	@Test
	void workerWhoseExecutorRefusesEverythingHandsItsJobsBackWhenItStops() { // B42
		this.fixture.insertMany(20, "mail");
		Worker worker = this.fixture.worker().on((command) -> {
			throw new RejectedExecutionException("shut down");
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.leased() > 0);
		long begin = System.nanoTime();
		worker.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.fixture.leased()).isZero();
		assertThat(this.fixture.number("select count(*) from tasuki.job where attempt = 0")).isEqualTo(20);
	}

	@Test
	void handlerThatLeavesItsThreadInterruptedDoesNotDisturbTheNextJob() { // B18
		this.fixture.insertMany(10, "interrupt");
		CountDownLatch never = new CountDownLatch(1);
		this.fixture.worker()
			.slots(1)
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.handler("interrupt", (context) -> {
				never.await(1, TimeUnit.MILLISECONDS);
				Thread.currentThread().interrupt();
				return JobResult.done();
			})
			.start();
		this.fixture.await(() -> this.fixture.archived() == 10);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	/** What a handler can break with. */
	enum HandlerError {

		STACK_OVERFLOW(StackOverflowError.class, (context) -> endless(0)),

		NO_CLASS(NoClassDefFoundError.class, (context) -> {
			throw new NoClassDefFoundError("io/tasuki/NoSuchClass");
		}),

		OUT_OF_MEMORY(OutOfMemoryError.class, (context) -> JobResult.cancel(new String(new char[Integer.MAX_VALUE]))),

		ASSERTION(AssertionError.class, (context) -> {
			throw new AssertionError("not so");
		});

		private final Class<? extends Error> type;

		private final Handler handler;

		HandlerError(Class<? extends Error> type, Handler handler) {
			this.type = type;
			this.handler = handler;
		}

		private static JobResult endless(int depth) {
			return (depth < 0) ? JobResult.done() : endless(depth + 1);
		}

	}

}
