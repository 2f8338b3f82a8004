package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.client.DefaultQueueOperations;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What a worker makes of how queues are set at run time. */
@Timeout(120)
class QueueSettingsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final AtomicInteger told = new AtomicInteger();

	private final QueueOperations queues = operations();

	private final CountedCalls calls = new CountedCalls();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private QueueOperations operations() {
		PostgresJobStore store = new PostgresJobStore(this.fixture.applicationDataSource(), false);
		JobNotifications notifications = new CountingNotifications();
		return new DefaultQueueOperations(store.queueSettings(), store.afterCommit(notifications), notifications);
	}

	@Test
	void aPausedQueueIsNotClaimedFromUntilItIsResumed() { // B50
		this.queues.pause("paused");
		long paused = this.fixture.insert("work", "paused", 5);
		worker().queue("paused", 4).queue("open", 4).handler("work", (context) -> JobResult.done()).start();
		for (int i = 0; i < 3; i++) {
			long open = this.fixture.insert("work", "open", 5);
			await(() -> this.fixture.isArchived(open));
		}
		assertThat(this.fixture.job(paused)).containsEntry("lease_no", 0).containsEntry("lock_owner", null);
		this.queues.resume("paused");
		await(() -> this.fixture.isArchived(paused));
	}

	@Test
	void aWordMakesItHeedASettingThatNoPollWouldFind() { // B50
		worker().withoutPoll().queue("open", 4).handler("work", (context) -> JobResult.done()).start();
		await(() -> this.calls.of("look") >= 1);
		this.queues.pause("default");
		assertThat(this.told).hasValue(1);
		deliver();
		long paused = this.fixture.insert("work");
		long open = this.fixture.insert("work", "open", 5);
		deliver();
		await(() -> this.fixture.isArchived(open));
		assertThat(this.fixture.job(paused)).containsEntry("lease_no", 0);
		this.queues.resume("default");
		deliver();
		await(() -> this.fixture.isArchived(paused));
	}

	/** Has the worker hear that anything may have changed, and look twice. */
	private void deliver() {
		int begun = this.calls.of("look");
		await(() -> {
			this.fixture.notifications().deliverAll();
			return this.calls.of("look") >= begun + 2;
		});
	}

	@Test
	void whatRunsRunsOnAndNothingElseStarts() { // B50
		worker().slots(2).handler("work", (context) -> run()).start();
		this.fixture.insertMany(5, "work");
		await(() -> this.running.get() == 2);
		this.queues.pause("default");
		awaitHeeded();
		this.gate.countDown();
		await(() -> this.fixture.archived() == 2);
		awaitHeeded();
		assertThat(this.fixture.leased()).isZero();
		assertThat(this.fixture.live()).isEqualTo(3);
		this.queues.resume("default");
		await(() -> this.fixture.live() == 0);
	}

	@Test
	void prefetchedJobsGoBackWhenTheirQueueIsPaused() { // B50
		AtomicInteger done = new AtomicInteger();
		worker().slots(2).handler("work", (context) -> {
			if (done.incrementAndGet() > 500) {
				this.gate.await();
			}
			return JobResult.done();
		}).start();
		this.fixture.insertMany(5_000, "work");
		await(() -> done.get() > 501 && this.fixture.leased() > 2);
		this.queues.pause("default");
		await(() -> this.fixture.leased() == 2);
		assertThat(this.fixture.number("select count(*) from tasuki.job where lock_owner is null and attempt > 0"))
			.isZero();
		this.gate.countDown();
		await(() -> this.fixture.leased() == 0);
		long left = this.fixture.live();
		assertThat(left).isPositive();
		this.queues.resume("default");
		await(() -> this.fixture.live() == 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theConcurrencyOfAQueueChangesWhileItsJobsRun(boolean configured) { // B50
		TestWorker worker = worker().slots(8).handler("work", (context) -> run());
		if (configured) {
			worker.queue("default", 2);
		}
		worker.start();
		this.queues.setConcurrency("default", 3);
		awaitHeeded();
		this.fixture.insertMany(40, "work");
		await(() -> this.running.get() == 3);
		this.queues.setConcurrency("default", 5);
		await(() -> this.running.get() == 5);
		assertThat(this.mostRunning).hasValue(5);
		this.queues.clearConcurrency("default");
		if (!configured) {
			await(() -> this.running.get() == 8);
		}
		this.gate.countDown();
		await(() -> this.fixture.live() == 0);
		assertThat(this.mostRunning).hasValueLessThanOrEqualTo(configured ? 5 : 8);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aLowerConcurrencyHoldsOnceTheJobsBeyondItAreDone(boolean configured) { // B50
		CountDownLatch second = new CountDownLatch(1);
		AtomicInteger together = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		TestWorker worker = worker().slots(6).handler("work", (context) -> run()).handler("later", (context) -> {
			most.accumulateAndGet(together.incrementAndGet(), Math::max);
			second.await();
			together.decrementAndGet();
			return JobResult.done();
		});
		if (configured) {
			worker.queue("default", 6);
		}
		worker.start();
		this.fixture.insertMany(6, "work");
		await(() -> this.running.get() == 6);
		this.queues.setConcurrency("default", 2);
		awaitHeeded();
		this.fixture.insertMany(6, "later");
		this.gate.countDown();
		await(() -> together.get() == 2);
		second.countDown();
		await(() -> this.fixture.live() == 0);
		assertThat(most).hasValue(2);
	}

	@Test
	void settingsOutliveAWorker() { // B50
		this.queues.pause("default");
		long job = this.fixture.insert("work");
		worker().handler("work", (context) -> JobResult.done()).start().stop();
		Worker next = worker().named("next").handler("work", (context) -> JobResult.done()).start();
		awaitHeeded();
		assertThat(next.health().sinceLastContact()).as("in contact, with all its jobs paused").isNotNull();
		assertThat(this.fixture.job(job)).containsEntry("lease_no", 0);
	}

	@Test
	void isPartOfTheCallersTransactionAndTellsWorkersAfterTheCommit() { // B50
		TransactionTemplate transaction = new TransactionTemplate(
				new JdbcTransactionManager(this.fixture.applicationDataSource()));
		transaction.executeWithoutResult((status) -> {
			this.queues.pause("default");
			status.setRollbackOnly();
		});
		assertThat(this.queues.list()).isEmpty();
		assertThat(this.told).hasValue(0);
		transaction.executeWithoutResult((status) -> {
			this.queues.pause("default");
			assertThat(this.told).hasValue(0);
		});
		assertThat(this.told).hasValue(1);
	}

	@Test
	void listsQueuesThatHoldJobsOrWereSet() { // B50
		this.fixture.insert("work", "b", 5);
		this.queues.pause("a");
		this.queues.setConcurrency("c", 7);
		List<QueueSettings> list = this.queues.list();
		assertThat(list).extracting(QueueSettings::queue).containsExactly("a", "b", "c");
		assertThat(list).extracting(QueueSettings::isPaused).containsExactly(true, false, false);
		assertThat(list).extracting(QueueSettings::concurrency).containsExactly(null, null, 7);
		this.queues.pause("a");
		assertThat(this.queues.list().get(0)).as("since when it is paused").isEqualTo(list.get(0));
		this.queues.resume("a");
		assertThat(this.queues.list().get(0).isPaused()).isFalse();
	}

	@Test
	void refusesWhatMakesNoSense() { // B50
		assertThatIllegalArgumentException().isThrownBy(() -> this.queues.pause(" "))
			.withMessage("Queue name must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> this.queues.pause("q".repeat(129)))
			.withMessageContaining("at most 128 characters");
		for (int concurrency : new int[] { 0, -1, 10_001 }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.queues.setConcurrency("q", concurrency))
				.withMessageContaining("Concurrency of queue 'q' must be from 1 to 10000, not " + concurrency);
		}
	}

	private JobResult run() throws InterruptedException {
		this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		this.gate.await();
		this.running.decrementAndGet();
		return JobResult.done();
	}

	/** Waits until the worker has heeded what is set by now. */
	private void awaitHeeded() {
		int begun = this.calls.of("look");
		await(() -> this.calls.of("look") >= begun + 2);
	}

	private TestWorker worker() {
		return this.fixture.worker().leases(this.calls::counting);
	}

	private void await(Callable<Boolean> condition) {
		this.fixture.within(PATIENCE).until(condition);
	}

	/** Counts the words that anything may have changed. */
	private final class CountingNotifications implements JobNotifications {

		@Override
		public void send(Collection<WakeUp> wakeUps) {
		}

		@Override
		public void sendCancelRequests(Collection<JobId> jobs) {
		}

		@Override
		public void sendAll() {
			QueueSettingsIntegrationTests.this.told.incrementAndGet();
		}

		@Override
		public Subscription subscribe(Receiver receiver) {
			throw new UnsupportedOperationException();
		}

	}

}
