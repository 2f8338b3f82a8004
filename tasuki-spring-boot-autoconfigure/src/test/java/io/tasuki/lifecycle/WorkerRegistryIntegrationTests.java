package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobReason;
import io.tasuki.JobResult;
import io.tasuki.LiveWorker;
import io.tasuki.LiveWorker.Limit;
import io.tasuki.LiveWorker.State;
import io.tasuki.client.DefaultJobOperations;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.WorkerName;
import io.tasuki.worker.HandledJobs;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What workers say of themselves, and when. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class WorkerRegistryIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final CountDownLatch gate = new CountDownLatch(1);

	private final CountedCalls calls = new CountedCalls();

	private final JobOperations operations = operations();

	@AfterEach
	void close() {
		this.gate.countDown();
		this.fixture.close();
	}

	private JobOperations operations() {
		PostgresJobStore store = new PostgresJobStore(this.fixture.applicationDataSource(), false);
		return new DefaultJobOperations(store.operations(), store.afterCommit(this.fixture.notifications()),
				this.fixture.notifications());
	}

	@Test
	@DisplayName("B55: a worker is listed with its process, slots, queues, kinds, limits and what it has held longest")
	void listsAWorker() {
		this.fixture.worker()
			.named("till")
			.slots(3)
			.queue("mail", 2)
			.queue("wide", 3)
			.handler("work", (context) -> await())
			.handler(
					HandlerRegistration.of(HandledJobs.of("single").withAliases(Set.of("lonely")), (context) -> await())
						.withExecution(HandlerExecution.DEFAULT.withConcurrency(1)))
			.handler(HandlerRegistration.ofBatch("many", 50, new WaitingBatch()))
			.start();
		long held = this.fixture.insert("work", "mail", 5);
		LiveWorker worker = await((listed) -> listed.slotsInUse() == 1 && !listed.longestHeld().isEmpty());
		assertThat(worker.name()).isEqualTo("till");
		assertThat(worker.host()).isEqualTo(WorkerName.thisHost());
		assertThat(worker.pid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(worker.state()).isEqualTo(State.RUNNING);
		assertThat(worker.startedAt()).isBefore(worker.seenAt());
		assertThat(worker.leaseDuration()).isEqualTo(Duration.ofSeconds(3));
		assertThat(worker.slots()).isEqualTo(3);
		assertThat(worker.queues()).containsExactlyInAnyOrder("default", "mail", "wide");
		assertThat(worker.kinds()).containsExactlyInAnyOrder("work", "single", "lonely", "many");
		assertThat(worker.limits()).containsExactlyInAnyOrder(new Limit("mail", Set.of(), 2, 1, 1),
				new Limit(null, Set.of("single", "lonely"), 1, 0, 1), new Limit(null, Set.of("many"), 3, 0, 50));
		assertThat(worker.longestHeld()).singleElement().satisfies((job) -> {
			assertThat(job.id()).isEqualTo(new JobId(held));
			assertThat(job.since()).isBetween(worker.startedAt(), worker.seenAt());
		});
	}

	@Test
	@DisplayName("B55: a worker that stops is listed as draining until it has stopped, and explain says so")
	void listsAWorkerThatDrains() {
		Worker worker = this.fixture.worker().shutdown(PATIENCE).handler("work", (context) -> await()).start();
		this.fixture.insert("work");
		await((listed) -> listed.slotsInUse() == 1);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(worker::stop);
		await((listed) -> listed.state() == State.DRAINING);
		JobId id = new JobId(this.fixture.insert("work"));
		assertThat(this.operations.explain(id).decisive()).isInstanceOfSatisfying(JobReason.NoWorker.class, (none) -> {
			assertThat(none.draining()).containsExactly("worker");
			assertThat(none.message()).endsWith(": worker is stopping.");
		});
		this.gate.countDown();
		stop.join();
		assertThat(this.operations.workers()).isEmpty();
		assertThat(this.fixture.number("select count(*) from tasuki.worker")).isZero();
	}

	@Test
	@DisplayName("B55: the others delete the row of a worker that has been dead for two leases, and no other")
	void prunesTheDead() {
		long dead = row("dead", 121);
		long justDead = row("just dead", 61);
		long alive = row("alive", 5);
		assertThat(this.operations.workers()).extracting(LiveWorker::name).containsExactly("alive");
		this.fixture.worker().named("present").handler("work", (context) -> JobResult.done()).start();
		await(() -> this.fixture.number("select count(*) from tasuki.worker where id = ?", dead) == 0);
		assertThat(this.fixture.jdbc().queryForList("select id from tasuki.worker where name <> 'present'", Long.class))
			.containsExactlyInAnyOrder(justDead, alive);
		assertThat(this.operations.workers()).extracting(LiveWorker::name).containsExactly("alive", "present");
	}

	private long row(String name, int minutesSilent) {
		return this.fixture.number(
				"""
						insert into tasuki.worker (id, started_at, seen_at, lease, pid, slots, slots_in_use, draining, name, host,
						       queues, kinds, limits, job_ids, held_since)
						select count(*) + 1, now(), now() - ? * interval '1 min', '1 hour', 1, 4, 0, false, ?, 'here', '{a}', '{b}',
						       '[]', '{}', '{}'
						  from tasuki.worker
						returning id""",
				minutesSilent, name);
	}

	@Test
	@DisplayName("B55: nothing is written per job, and an idle worker asks its database at most twice a second")
	void writesNothingPerJob() {
		long begin = System.nanoTime();
		this.fixture.worker()
			.lease(Duration.ofSeconds(1))
			.poll(Duration.ofSeconds(1))
			.leases(this.calls::counting)
			.handler("work", (context) -> JobResult.done())
			.start();
		await(() -> this.calls.of("announce") >= 1);
		this.fixture.insertMany(2_000, "work");
		await(() -> this.fixture.live() == 0);
		assertThat(this.calls.of("announce")).isLessThanOrEqualTo(1 + seconds(begin));
		int asked = this.calls.of("look") + this.calls.of("claim") + this.calls.of("announce");
		long idleBegin = System.nanoTime();
		await(() -> System.nanoTime() - idleBegin > Duration.ofSeconds(5).toNanos());
		int askedIdle = this.calls.of("look") + this.calls.of("claim") + this.calls.of("announce") - asked;
		assertThat(askedIdle).isLessThanOrEqualTo(2 * (1 + seconds(idleBegin)));
		System.out.printf("B55: %d announcements in %d s, %d statements in %d idle seconds%n",
				this.calls.of("announce"), seconds(begin), askedIdle, seconds(idleBegin));
	}

	private static int seconds(long begin) {
		return (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds();
	}

	@Test
	@DisplayName("B55: a worker that may not list itself says so once and works on")
	void worksOnWhereItCannotBeListed(CapturedOutput output) {
		this.fixture.jdbc().execute("alter table tasuki.worker rename to nobody_knows");
		this.fixture.worker().leases(this.calls::counting).handler("work", (context) -> JobResult.done()).start();
		await(() -> this.calls.of("announce") >= 3);
		long id = this.fixture.insert("work");
		await(() -> this.fixture.isArchived(id));
		assertThat(output.getOut()).containsOnlyOnce("Worker 'worker' cannot be announced: ");
	}

	@Test
	@DisplayName("B55: a worker without handlers is not listed and opens no connection to say so")
	void listsNoWorkerThatHandlesNothing() {
		this.fixture.worker().leases(this.calls::counting).lease(Duration.ofSeconds(1)).start();
		this.fixture.worker().named("other").handler("work", (context) -> JobResult.done()).start();
		await((listed) -> listed.name().equals("other"));
		assertThat(this.operations.workers()).hasSize(1);
		assertThat(this.calls.of("announce")).isZero();
	}

	private LiveWorker await(Predicate<LiveWorker> wanted) {
		return this.fixture.within(PATIENCE)
			.until(this.operations::workers, (workers) -> workers.stream().anyMatch(wanted))
			.get(0);
	}

	private void await(Callable<Boolean> condition) {
		this.fixture.within(PATIENCE).until(condition);
	}

	private JobResult await() throws InterruptedException {
		this.gate.await();
		return JobResult.done();
	}

	/** Takes several jobs at once. */
	private static final class WaitingBatch implements BatchHandler<JobContext> {

		@Override
		public JobContext read(JobContext context) {
			return context;
		}

		@Override
		public BatchResult handle(List<JobContext> batch) {
			return BatchResult.done();
		}

	}

}
