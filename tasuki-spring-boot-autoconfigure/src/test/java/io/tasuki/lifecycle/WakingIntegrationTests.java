package io.tasuki.lifecycle;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.tasuki.Handler;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.PayloadWriter;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What makes a worker look for jobs. */
class WakingIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	private final Handler quick = (context) -> JobResult.done();

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
	@DisplayName("B27: what waits when a worker starts is claimed at once")
	void claimsAtStart() {
		this.fixture.insertMany(3, "mail");
		this.fixture.worker().withoutPoll().handler("mail", this.quick).start();
		this.fixture.await(() -> this.fixture.archived() == 3);
	}

	@Test
	@DisplayName("B27: a slot that becomes free is filled without a poll")
	void claimsWhenASlotBecomesFree() {
		this.fixture.insertMany(5, "mail");
		this.fixture.worker().slots(1).withoutPoll().handler("mail", this.slow).start();
		for (int run = 1; run <= 5; run++) {
			int begun = run;
			this.fixture.await(() -> this.fixture.ledger().count() == begun);
			this.permits.release();
		}
		this.fixture.await(() -> this.fixture.archived() == 5);
	}

	@Test
	@DisplayName("B27: a wake-up is acted on without a poll")
	void claimsOnWakeUp() {
		startIdle();
		long id = this.fixture.insert("mail");
		long begin = System.nanoTime();
		this.fixture.notifications().deliver(wakeUp(id));
		this.fixture.await(() -> this.fixture.isArchived(id));
		System.out.printf("NOTE wake-up to start: %d us%n",
				(this.fixture.ledger().runs(id).get(0).nanos() - begin) / 1_000);
	}

	@Test
	@DisplayName("B27: others need not be told of a job that this worker takes")
	void saysWhatItTakes() {
		startIdle();
		long id = this.fixture.insert("mail");
		this.fixture.notifications().deliver(wakeUp(id));
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.notifications().taken).contains(new JobId(id));
	}

	@Test
	@DisplayName("B27: a wake-up for everywhere makes a worker look everywhere")
	void claimsWhenWokenForEverything() {
		startIdle();
		long id = this.fixture.insert("mail");
		this.fixture.notifications().deliverAll();
		this.fixture.await(() -> this.fixture.isArchived(id));
	}

	@Test
	@DisplayName("B28, S13: a job nobody was told of is found by the next poll")
	void pollFindsWhatNoWakeUpAnnounced() {
		this.fixture.worker().poll(Duration.ofMillis(300)).handler("mail", this.quick).start();
		long first = this.fixture.insert("mail");
		this.fixture.await(() -> this.fixture.isArchived(first));
		for (int i = 0; i < 5; i++) {
			long id = this.fixture.insert("mail");
			this.fixture.await(() -> this.fixture.isArchived(id));
		}
	}

	@Test
	@DisplayName("B28: an idle worker looks once per poll, and claims where something is due")
	void idleWorkerDoesNotClaim() {
		CountedCalls calls = new CountedCalls();
		this.fixture.insert("mail", "later", 5, Duration.ofHours(1));
		this.fixture.worker()
			.queue("later", 4)
			.poll(Duration.ofMillis(20))
			.leases(calls::counting)
			.handler("mail", this.quick)
			.start();
		this.fixture.await(() -> calls.of("look") >= 20);
		assertThat(calls.of("claim")).isZero();
		long id = this.fixture.insert("mail");
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(calls.of("claim")).isPositive();
	}

	@Test
	@DisplayName("B28: where no wake-ups arrive, polls go on")
	void pollsWhileNotListening() {
		this.fixture.notifications().connected = false;
		this.fixture.worker().poll(Duration.ofMillis(400)).handler("mail", this.quick).start();
		for (int i = 0; i < 8; i++) {
			long id = this.fixture.insert("mail");
			this.fixture.await(() -> this.fixture.isArchived(id));
		}
	}

	@Test
	@DisplayName("S13: a wake-up that comes while every slot is taken is not forgotten")
	void wakeUpIsKeptWhileAllSlotsAreFull() {
		this.fixture.worker().slots(2).withoutPoll().handler("mail", this.slow).start();
		this.fixture.insertMany(2, "mail");
		this.fixture.notifications().deliverAll();
		this.fixture.await(() -> this.fixture.ledger().running() == 2);
		long id = this.fixture.insert("mail");
		this.fixture.notifications().deliver(wakeUp(id));
		this.permits.release();
		this.fixture.await(() -> this.fixture.ledger().runs(id).size() == 1);
	}

	@Test
	@DisplayName("S34: a job that commits late, behind others that ran, starts when it is announced")
	void lateCommitIsFoundBehindTheCursor() {
		startIdle();
		long id = this.fixture.number("""
				insert into tasuki.job (kind, run_at) values ('mail', clock_timestamp() - interval '5 seconds')
				returning id
				""");
		this.fixture.notifications().deliver(wakeUp(id));
		this.fixture.await(() -> this.fixture.isArchived(id));
	}

	@Test
	@DisplayName("S14: a delayed job starts within tens of milliseconds of its due time")
	void delayedJobStartsWhenItIsDue() {
		startIdle();
		long late = 0;
		for (int i = 0; i < 3; i++) {
			long id = this.fixture.insert("mail", Duration.ofMillis(700));
			this.fixture.notifications().deliver(wakeUp(id));
			this.fixture.await(() -> this.fixture.isArchived(id));
			late = Math.max(late, late(id).toMillis());
		}
		System.out.printf("NOTE S14: at most %d ms after the due time%n", late);
		assertThat(late).isBetween(0L, 499L);
	}

	@Test
	@DisplayName("S14: delayed jobs that were there before the worker started start when they are due")
	void delayedJobsFromBeforeTheStartRunWhenDue() {
		long first = this.fixture.insert("mail", Duration.ofMillis(600));
		long second = this.fixture.insert("mail", Duration.ofMillis(900));
		long third = this.fixture.insert("mail", "default", 2, Duration.ofMillis(1_200));
		this.fixture.worker().withoutPoll().handler("mail", this.quick).start();
		this.fixture.await(() -> this.fixture.archived() == 3);
		for (long id : List.of(first, second, third)) {
			assertThat(late(id)).isBetween(Duration.ZERO, Duration.ofMillis(499));
		}
	}

	@Test
	@DisplayName("B14: a handler enqueues the next job, which this worker runs at once")
	void handlerEnqueuesTheNextJob() {
		JobClient client = client();
		this.fixture.worker().withoutPoll().handler("step", (context) -> {
			int step = Integer.parseInt(String.valueOf(context.job().payload()));
			if (step < 20) {
				client.enqueue(JobRequest.of("step", step + 1));
			}
			return JobResult.done();
		}).start();
		client.enqueue(JobRequest.of("step", 1));
		this.fixture.await(() -> this.fixture.archived() == 20);
		assertThat(this.fixture.ledger().runs()).extracting((run) -> run.job().payload())
			.startsWith("1", "2", "3")
			.endsWith("19", "20");
	}

	@Test
	@DisplayName("B14: what a failed attempt enqueued in its transaction was never enqueued")
	void enqueueOfARolledBackHandlerLeavesNothing() {
		JobClient client = client();
		TransactionTemplate transaction = new TransactionTemplate(
				new DataSourceTransactionManager(this.fixture.applicationDataSource()));
		this.fixture.worker().maxAttempts(3).handler("parent", (context) -> {
			transaction.executeWithoutResult((status) -> {
				client.enqueue(JobRequest.of("child", context.attempt()));
				if (context.attempt() < 3) {
					throw new IllegalStateException("roll back");
				}
			});
			return JobResult.done();
		}).handler("child", this.quick).start();
		client.enqueue(JobRequest.of("parent", 0));
		this.fixture.await(() -> this.fixture.archived() == 2);
		assertThat(this.fixture.ledger().runs("child")).singleElement()
			.satisfies((run) -> assertThat(run.job().payload()).isEqualTo("3"));
	}

	private void startIdle() {
		long first = this.fixture.insert("mail");
		this.fixture.worker().withoutPoll().handler("mail", this.quick).start();
		this.fixture.await(() -> this.fixture.isArchived(first));
	}

	private WakeUp wakeUp(long id) {
		Instant runAt = this.fixture.runAt("job", id);
		return new WakeUp("default", 5, new Position(runAt, id), this.fixture.dueIn(id));
	}

	private Duration late(long id) {
		return Duration.between(this.fixture.runAt("job_archive", id), this.fixture.ledger().runs(id).get(0).at());
	}

	/** A client whose wake-ups reach the workers of this process. */
	private JobClient client() {
		PostgresJobStore store = new PostgresJobStore(this.fixture.applicationDataSource(), false);
		return new DefaultJobClient(store, store.afterCommit(this.fixture.notifications().local()),
				this.fixture.notifications().local(),
				new PayloadWriter(new NumberSerializer(), PayloadValidator.NONE, 1_000_000), (kind) -> Optional.empty(),
				false);
	}

	private static final class NumberSerializer implements PayloadSerializer {

		@Override
		public String serialize(Object payload) {
			return payload.toString();
		}

		@Override
		public Object deserialize(String json, Type type) {
			return Integer.valueOf(json);
		}

	}

}
