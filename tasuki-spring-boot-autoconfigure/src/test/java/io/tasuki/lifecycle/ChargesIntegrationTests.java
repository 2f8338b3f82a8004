package io.tasuki.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import io.tasuki.Admission;
import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.JobGate;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.RetryRules;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.worker.HandlerCompletion;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRetries;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Brings about every ending in the table of {@code docs/lifecycle.md} and reads the row.
 */
class ChargesIntegrationTests {

	private static final Duration BACKOFF = Duration.ofMinutes(7);

	private static final Duration DELAY = Duration.ofHours(3);

	private static final String KIND = "mail";

	private static final String ROW = """
			select attempt, crashes, coalesce(cardinality(crash_owners), 0) as owners, run_at,
			       coalesce(jsonb_array_length(errors), 0) as errors
			  from tasuki.%s where id = ?
			""";

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final RecordingListener told = new RecordingListener();

	private final Semaphore permits = new Semaphore(0);

	private final Map<String, LongFunction<Change>> endings = Map.ofEntries(
			Map.entry("the handler succeeds", (id) -> ends(id, 5, (context) -> JobResult.done())),
			Map.entry("the handler fails", (id) -> ends(id, 5, ChargesIntegrationTests::refuse)),
			Map.entry("the attempt times out",
					(id) -> ends(id,
							HandlerRegistration.of(KIND, this::block)
								.withExecution(HandlerExecution.DEFAULT.withTimeout(Duration.ofMillis(200))))),
			Map.entry("somebody cancels it, and the handler heeds that", this::cancelRunning),
			Map.entry("its transaction cannot begin", (id) -> ends(id, HandlerRegistration.of(KIND, this::block)
				.withCompletion(HandlerCompletion.DEFAULT.withTransactions(() -> {
					throw new IllegalStateException("no connection");
				})))),
			Map.entry("the handler fails in the last attempt", (id) -> ends(id, 3, ChargesIntegrationTests::refuse)),
			Map.entry("the handler asks for a retry", (id) -> ends(id, 5, (context) -> JobResult.retryIn(DELAY))),
			Map.entry("the handler throws what is not retried",
					(id) -> ends(id,
							HandlerRegistration.of(KIND, ChargesIntegrationTests::refuse)
								.withRetries(HandlerRetries.DEFAULT
									.withRules(new RetryRules(Set.of(Exception.class), Set.of()))))),
			Map.entry("the handler snoozes", (id) -> ends(id, 5, (context) -> JobResult.snooze(DELAY))),
			Map.entry("the handler cancels", (id) -> ends(id, 5, (context) -> JobResult.cancel("why"))),
			Map.entry("the handler fails for good", (id) -> ends(id, 5, (context) -> JobResult.fail("why"))),
			Map.entry("the payload cannot be decoded", (id) -> ends(id, 5, (context) -> {
				throw new UnreadablePayloadException("no field 'address'");
			})), Map.entry("a gate defers it", (id) -> ends(id, (job) -> Admission.defer(DELAY))),
			Map.entry("a gate cancels it", (id) -> ends(id, (job) -> Admission.cancel("why"))),
			Map.entry("a gate counts the attempt as failed", (id) -> ends(id, (job) -> Admission.retry("why"))),
			Map.entry("a gate fails", (id) -> ends(id, (job) -> {
				throw new IllegalStateException("no answer");
			})), Map.entry("a shutdown hands back what runs", this::handBackRunning),
			Map.entry("a shutdown hands back what waits", this::handBackWaiting),
			Map.entry("the lease is lost to another worker", this::loseLease),
			Map.entry("the worker dies, and the job is taken over", this::takeOver),
			Map.entry("a suspect starts", this::startSuspect),
			Map.entry("a suspect has taken down all it may", this::takeDownAllItMay));

	@AfterEach
	void close() {
		this.permits.release(1_000);
		this.fixture.close();
	}

	static Stream<String> whatHappens() {
		return LifecycleDocument.charges().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("whatHappens")
	void chargesWhatTheDocumentSays(String whatHappens) {
		LongFunction<Change> ending = this.endings.get(whatHappens);
		assertThat(ending).as("what brings it about that " + whatHappens).isNotNull();
		Change change = ending.apply(insertSuspect());
		List<String> words = LifecycleDocument.charges().get(whatHappens);
		assertThat(words).hasSize(5);
		assertAttempt(words.get(0), change);
		assertCrashes(words.get(1), change);
		assertRunAt(words.get(2), change);
		assertErrors(words.get(3), change);
		assertThat(change.after().state()).isEqualTo(words.get(4));
	}

	@Test
	void documentHasARowForEveryEnding() {
		assertThat(LifecycleDocument.charges()).containsOnlyKeys(this.endings.keySet());
	}

	private static void assertAttempt(String word, Change change) {
		int before = change.before().attempt();
		assertThat(change.after().attempt()).as("attempt").isEqualTo(switch (word) {
			case "counted" -> before + 1;
			case "given back", "repeated" -> before;
			default -> throw unknown(word);
		});
	}

	private static void assertCrashes(String word, Change change) {
		int before = change.before().crashes();
		assertThat(change.after().crashes()).as("crashes").isEqualTo(switch (word) {
			case "reset" -> 0;
			case "as it was" -> before;
			case "as charged", "one more" -> before + 1;
			case "at least one" -> Math.max(before, 1);
			default -> throw unknown(word);
		});
		assertThat(change.after().owners()).as("owners of the crashes").isEqualTo(change.after().crashes());
	}

	private static void assertRunAt(String word, Change change) {
		switch (word) {
			case "as it was" -> assertThat(change.after().runAt()).as("run at").isEqualTo(change.before().runAt());
			case "after the backoff" -> assertDueIn(change, BACKOFF);
			case "after its delay" -> assertDueIn(change, DELAY);
			case "about a second later" -> assertDueIn(change, Duration.ofMillis(500));
			default -> throw unknown(word);
		}
	}

	private static void assertDueIn(Change change, Duration delay) {
		assertThat(Duration.between(change.begin(), change.after().runAt())).as("run at")
			.isBetween(delay, delay.plusSeconds(60));
	}

	private static void assertErrors(String word, Change change) {
		assertThat(change.after().errors()).as("errors").isEqualTo(switch (word) {
			case "as they were" -> change.before().errors();
			case "one more" -> change.before().errors() + 1;
			default -> throw unknown(word);
		});
	}

	private static AssertionError unknown(String word) {
		return new AssertionError("The document says something that this test does not know: " + word);
	}

	/** Stores a job that failed twice, and then went down with its worker. */
	private long insertSuspect() {
		return this.fixture.number("""
				insert into tasuki.job (kind, run_at, attempt, crashes, crash_owners, errors)
				values (?, clock_timestamp() - interval '1 hour', 2, 1, '{1}', '[{"attempt": 1}, {"attempt": 2}]')
				returning id
				""", KIND);
	}

	private Change ends(long id, int maxAttempts, Handler handler) {
		Row before = row(id);
		Instant begin = now();
		worker().maxAttempts(maxAttempts).handler(KIND, handler).start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.told.completed.size() == 1);
		return new Change(begin, before, row(id));
	}

	private Change ends(long id, HandlerRegistration handler) {
		Row before = row(id);
		Instant begin = now();
		worker().handler(handler).start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> !this.told.completed.isEmpty());
		return new Change(begin, before, row(id));
	}

	private Change ends(long id, JobGate gate) {
		Row before = row(id);
		Instant begin = now();
		worker().gate(gate).handler(KIND, this::block).start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> !this.told.completed.isEmpty());
		assertThat(this.fixture.ledger().count()).isZero();
		return new Change(begin, before, row(id));
	}

	private Change cancelRunning(long id) {
		Row before = row(id);
		Instant begin = now();
		worker().handler(KIND, this::block).start();
		awaitRun(id);
		new PostgresJobStore(this.fixture.dataSource(), false).cancel(new JobId(id));
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.told.completed.size() == 1);
		return new Change(begin, before, row(id));
	}

	private static JobResult refuse(Object context) {
		throw new IllegalStateException("refused");
	}

	private Change handBackRunning(long id) {
		Row before = row(id);
		Worker worker = worker().shutdown(Duration.ofMillis(500)).handler(KIND, this::block).start();
		awaitRun(id);
		worker.stop();
		return new Change(now(), before, row(id));
	}

	private Change handBackWaiting(long id) {
		Row before = row(id);
		Worker worker = workerWithoutThreads().start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> !this.fixture.isAvailable(id));
		worker.stop();
		return new Change(now(), before, row(id));
	}

	private Change loseLease(long id) {
		Row before = row(id);
		worker().handler(KIND, this::block).start();
		awaitRun(id);
		this.fixture.jdbc().update("""
				update tasuki.job set lease_no = lease_no + 1, lock_owner = 4711,
				       lease_expires_at = clock_timestamp() + interval '1 hour' where id = ?
				""", id);
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.told.leaseLost.size() == 1);
		this.permits.release();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.ledger().running() == 0);
		return new Change(now(), before, row(id));
	}

	/** Both a later takeover, which charges nothing, and the first. */
	private Change takeOver(long id) {
		delete(id);
		assertCrashes("at least one", takenOver(insertAbandoned(2)));
		return takenOver(insertAbandoned(0));
	}

	private Change takenOver(long id) {
		Row before = row(id);
		Worker worker = workerWithoutThreads().start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> leaseNo(id) == 2);
		Change change = new Change(now(), before, row(id));
		worker.stop();
		delete(id);
		return change;
	}

	private long leaseNo(long id) {
		return this.fixture.number("select lease_no from tasuki.job where id = ?", id);
	}

	private Change startSuspect(long id) {
		delete(id);
		long suspect = insertAbandoned(1);
		Row before = row(suspect);
		worker().handler(KIND, this::block).start();
		awaitRun(suspect);
		return new Change(now(), before, row(suspect));
	}

	private Change takeDownAllItMay(long id) {
		delete(id);
		Change change = ends(insertAbandoned(3), 5, (context) -> JobResult.done());
		assertThat(this.fixture.ledger().count()).isZero();
		return change;
	}

	/** Stores a job as a worker left it that died while it held it. */
	private long insertAbandoned(int crashes) {
		long id = this.fixture.insertAbandoned(KIND, 3, Duration.ofMillis(-1));
		this.fixture.jdbc().update("""
				update tasuki.job set crashes = ?, crash_owners = array(select generate_series(1, ?)) where id = ?
				""", crashes, crashes, id);
		return id;
	}

	private void delete(long id) {
		this.fixture.jdbc().update("delete from tasuki.job where id = ?", id);
	}

	/** What it claims waits. */
	private TestWorker workerWithoutThreads() {
		return worker().on((command) -> {
		}).handler(KIND, (context) -> JobResult.done());
	}

	private TestWorker worker() {
		return this.fixture.worker().listener(this.told).maxCrashes(3).backoff(Backoff.constant(BACKOFF));
	}

	private JobResult block(Object context) throws InterruptedException {
		this.permits.acquire();
		return JobResult.done();
	}

	private void awaitRun(long id) {
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.ledger().runs(id).size() == 1);
	}

	private Row row(long id) {
		String state = this.fixture.state(id);
		String table = switch (state) {
			case "succeeded", "cancelled" -> "job_archive";
			case "dead" -> "job_dead";
			default -> "job";
		};
		return Objects.requireNonNull(this.fixture.jdbc()
			.queryForObject(ROW.formatted(table),
					(row, number) -> new Row(state, row.getInt("attempt"), row.getInt("crashes"), row.getInt("owners"),
							row.getObject("run_at", OffsetDateTime.class).toInstant(), row.getInt("errors")),
					id));
	}

	/** Returns the time by the database's clock. */
	private Instant now() {
		return Objects
			.requireNonNull(this.fixture.jdbc().queryForObject("select clock_timestamp()", OffsetDateTime.class))
			.toInstant();
	}

	/** What a job's row says, wherever it is. */
	private record Row(String state, int attempt, int crashes, int owners, Instant runAt, int errors) {

	}

	/** The row before the claim and after the ending, and a moment before the ending. */
	private record Change(Instant begin, Row before, Row after) {

	}

}
