package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tasuki.Backoff;
import io.tasuki.BatchResult;
import io.tasuki.FoundJob;
import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.LogLine;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of what handlers say, however their attempts end. */
class ReportsIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final PostgresJobStore jobs = new PostgresJobStore(this.fixture.applicationDataSource(), false);

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("Rule 11: what a handler says can be read while it runs, without its connection")
	void showsWhatAHandlerSaysWhileItRuns() {
		long id = this.fixture.insert("slow");
		this.fixture.worker().handler("slow", (context) -> {
			say(context);
			this.permits.acquire();
			return JobResult.done();
		}).start();
		this.fixture.within(LONG).until(() -> !find(id).logLines().isEmpty());
		assertThat(find(id).state()).isEqualTo(JobState.RUNNING);
		assertSaid(id);
	}

	static Stream<Arguments> endings() {
		return Stream.of(ending("done", JobState.SUCCEEDED, (context) -> JobResult.done()),
				ending("retry", JobState.AVAILABLE, (context) -> JobResult.retryIn(Duration.ofHours(1))),
				ending("throws", JobState.AVAILABLE, (context) -> {
					throw new IllegalStateException("why");
				}), ending("snooze", JobState.AVAILABLE, (context) -> JobResult.snooze(Duration.ofHours(1))),
				ending("cancel", JobState.CANCELLED, (context) -> JobResult.cancel("why")),
				ending("fail", JobState.DEAD, (context) -> JobResult.fail("why")));
	}

	private static Arguments ending(String name, JobState state, Handler end) {
		return Arguments.argumentSet(name, state, end);
	}

	@ParameterizedTest
	@MethodSource("endings")
	@DisplayName("Rule 11: the last words of an attempt are in its job's history however it ends")
	void keepsTheLastWordsOfAnAttempt(JobState state, Handler end) {
		long id = this.fixture.insert("work");
		this.fixture.worker().backoff(Backoff.constant(Duration.ofHours(1))).handler("work", (context) -> {
			say(context);
			return end.handle(context);
		}).start();
		awaitEnd(id, state);
		assertSaid(id);
	}

	@Test
	void keepsTheLastWordsOfAnAttemptThatTimesOut() { // B29
		long heeding = this.fixture.insert("heeding");
		this.fixture.worker()
			.timeout(Duration.ofMillis(200))
			.backoff(Backoff.constant(Duration.ofHours(1)))
			.handler("heeding", (context) -> {
				say(context);
				this.permits.acquire();
				return JobResult.done();
			})
			.start();
		awaitEnd(heeding, JobState.AVAILABLE);
		assertSaid(heeding);
		assertThat(find(heeding).errors()).hasSize(1);
	}

	@Test
	void keepsTheLastWordsOfAJobThatIsCancelledWhileItRuns() { // B41
		long id = this.fixture.insert("slow");
		this.fixture.worker().lease(Duration.ofSeconds(1)).handler("slow", (context) -> {
			try {
				this.permits.acquire();
			}
			finally {
				say(context);
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		this.jobs.cancel(new JobId(id));
		awaitEnd(id, JobState.CANCELLED);
		assertSaid(id);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("B42: what a handler said is kept when a shutdown hands its job back, heeded or not")
	void keepsTheLastWordsOfAJobThatAShutdownHandsBack(boolean heeds) {
		long id = this.fixture.insert("slow");
		CountDownLatch told = new CountDownLatch(1);
		Worker worker = this.fixture.worker().shutdown(Duration.ofSeconds(1)).handler("slow", (context) -> {
			say(context);
			told.countDown();
			if (heeds) {
				this.permits.acquire();
			}
			else {
				this.permits.acquireUninterruptibly();
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> told.getCount() == 0);
		worker.stop();
		assertThat(find(id).state()).isEqualTo(JobState.AVAILABLE);
		assertThat(find(id).job().attempt()).isZero();
		assertSaid(id);
	}

	@Test
	void keepsWhatIsSaidOfEachJobOfABatch() {
		List<Long> ids = IntStream.range(0, 10).mapToObj((i) -> this.fixture.insert("mail")).toList();
		Batches batches = new Batches((batch) -> {
			batch.forEach((context) -> context.log("of job " + context.job().id()));
			return BatchResult.done();
		});
		this.fixture.worker().handler(HandlerRegistration.ofBatch("mail", 10, batches)).start();
		this.fixture.within(LONG).until(() -> this.fixture.archived() == 10);
		assertThat(ids).allSatisfy(
				(id) -> assertThat(find(id).logLines()).extracting(LogLine::text).containsExactly("of job " + id));
	}

	@Test
	void goesOnFromWhereTheLastAttemptCameTo() {
		long id = this.fixture.insert("import");
		this.fixture.worker().handler("import", (context) -> {
			int row = Integer.parseInt(context.job().metadata().getOrDefault("row", "0"));
			context.log("from row " + row);
			context.metadata("row", String.valueOf(row + 10));
			return (row < 20) ? JobResult.retryIn(Duration.ZERO) : JobResult.done();
		}).start();
		awaitEnd(id, JobState.SUCCEEDED);
		assertThat(find(id).logLines()).extracting((line) -> line.attempt() + ": " + line.text())
			.containsExactly("1: from row 0", "2: from row 10", "3: from row 20");
		assertThat(find(id).job().metadata()).isEqualTo(Map.of("row", "30"));
	}

	@Test
	@DisplayName("Rule 11: a flood of lines costs the latest of them, and nothing breaks")
	void keepsTheLatestLinesOfAFlood() {
		long id = this.fixture.insert("chatty");
		this.fixture.worker().handler("chatty", (context) -> {
			for (int i = 1; i <= 100_000; i++) {
				context.log("line %d %s".formatted(i, "\0\uD83D".repeat(1_000)));
			}
			return JobResult.done();
		}).start();
		awaitEnd(id, JobState.SUCCEEDED);
		assertThat(find(id).logLines()).hasSize(LogLine.MAX_LINES)
			.extracting((line) -> line.text().substring(0, 12))
			.startsWith("line 99901 \uFFFD")
			.endsWith("line 100000 ");
	}

	@Test
	@DisplayName("S31: what a handler says while the database is away is written when it is back, once")
	void writesWhatWasSaidDuringAnOutage() {
		long id = this.fixture.insert("slow");
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		Semaphore said = new Semaphore(0);
		this.fixture.worker().on(database).lease(Duration.ofSeconds(20)).handler("slow", (context) -> {
			context.log("before");
			said.acquire();
			context.log("meanwhile");
			context.metadata("row", "17");
			this.permits.acquire();
			context.log("after");
			return JobResult.done();
		}).start();
		this.fixture.within(LONG).until(() -> find(id).logLines().size() == 1);
		database.goAway();
		said.release();
		int refused = database.refused();
		this.fixture.within(LONG).until(() -> database.refused() > refused + 1);
		assertThat(find(id).logLines()).hasSize(1);
		database.comeBack();
		this.fixture.within(LONG).until(() -> find(id).logLines().size() == 2);
		this.permits.release();
		awaitEnd(id, JobState.SUCCEEDED);
		assertThat(find(id).logLines()).extracting(LogLine::text).containsExactly("before", "meanwhile", "after");
		assertThat(find(id).job().metadata()).isEqualTo(Map.of("row", "17"));
	}

	@Test
	@DisplayName("S31: an outcome that is given again, because its answer was lost, brings no line a second time")
	void writesTheLastWordsOnceThoughTheAnswerWasLost() {
		OutageDataSource database = new OutageDataSource(this.fixture.dataSource());
		long id = this.fixture.insert("work");
		database.loseAnswersOfCompletions(1);
		this.fixture.worker().on(database).handler("work", (context) -> {
			context.log("attempt " + context.attempt());
			return (context.attempt() == 1) ? JobResult.retryIn(Duration.ZERO) : JobResult.done();
		}).start();
		awaitEnd(id, JobState.SUCCEEDED);
		assertThat(find(id).logLines()).extracting(LogLine::text).containsExactly("attempt 1", "attempt 2");
	}

	@Test
	void saysNothingOfAJobThatAnotherWorkerHasTakenOver() { // B35
		long id = this.fixture.insert("slow");
		CountDownLatch over = new CountDownLatch(1);
		this.fixture.worker().lease(Duration.ofSeconds(1)).handler("slow", (context) -> {
			try {
				this.permits.acquire();
			}
			finally {
				context.log("too late");
				over.countDown();
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		this.fixture.jdbc()
			.update("update tasuki.job set lease_no = lease_no + 1, lock_owner = 4711,"
					+ " lease_expires_at = clock_timestamp() + interval '1 hour'");
		this.fixture.within(LONG).until(() -> over.getCount() == 0);
		this.fixture.within(LONG).until(() -> this.fixture.ledger().running() == 0);
		assertThat(find(id).logLines()).isEmpty();
	}

	private static void say(JobContext context) {
		context.progress(40, "half way");
		context.log("one");
		context.log("two");
		context.metadata("row", "17");
	}

	private void assertSaid(long id) {
		FoundJob found = find(id);
		assertThat(found.logLines()).extracting(LogLine::text).containsExactly("one", "two");
		assertThat(found.logLines()).extracting(LogLine::attempt).containsOnly(1);
		assertThat(found.progress()).isEqualTo(40);
		assertThat(found.progressNote()).isEqualTo("half way");
		assertThat(found.job().metadata()).isEqualTo(Map.of("row", "17"));
	}

	private void awaitEnd(long id, JobState state) {
		this.fixture.within(LONG).until(() -> find(id).state() == state && this.fixture.ledger().runs(id).size() >= 1);
	}

	private FoundJob find(long id) {
		return this.jobs.find(new JobId(id)).orElseThrow();
	}

}
