package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.ConflictPolicy;
import io.tasuki.EnqueuedJob;
import io.tasuki.EnqueuedJob.Effect;
import io.tasuki.JobRequest;
import io.tasuki.UniqueKey;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConflictPolicyIntegrationTests {

	private static final String LEASE = "lock_owner = 1, lease_no = 1, lease_expires_at = now() + interval '1 hour'";

	private final QueueDatabase database = new QueueDatabase();

	private final HikariDataSource pool = this.database.pool(8);

	private final QueueClient client = new QueueClient(this.pool);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.pool);

	// The common pool has a single thread on two cores, and the tasks wait for each
	// other.
	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.pool));

	@BeforeEach
	void clear() {
		this.database.clear();
		this.client.sent().clear();
	}

	@AfterAll
	void close() {
		this.threads.shutdownNow();
		this.pool.close();
	}

	@Test
	void makesTheNewJobOfTheOneThatWaits() { // B10
		EnqueuedJob first = this.client
			.enqueue(request("{\"n\": 1}", ConflictPolicy.REPLACE).withLabel("old").withMaxAttempts(3));
		this.database.look()
			.update("update tasuki.job set attempt = 2, crashes = 1, progress = 50, progress_note = 'half', errors = '[]',"
					+ " metadata = '{}', log_lines = '[]'");
		Instant runAt = Instant.parse("2090-01-01T00:00:00Z");
		EnqueuedJob second = this.client.enqueue(request("{\"n\": 2}", ConflictPolicy.REPLACE).withKind("other")
			.withRunAt(runAt)
			.withPriority(1)
			.withLabel("new"));
		assertThat(second).isEqualTo(new EnqueuedJob(first.id(), Effect.REPLACED));
		assertThat(this.database.look()
			.queryForMap(
					"""
							select kind, payload::text, priority, max_attempts, run_at = '2090-01-01T00:00:00Z' as at, label, metadata,
							       attempt, crashes, progress, progress_note, errors, log_lines, unique_key
							  from tasuki.job
							"""))
			.containsEntry("kind", "other")
			.containsEntry("payload", "{\"n\": 2}")
			.containsEntry("priority", 1)
			.containsEntry("max_attempts", null)
			.containsEntry("at", true)
			.containsEntry("label", "new")
			.containsEntry("metadata", null)
			.containsEntry("attempt", 0)
			.containsEntry("crashes", 0)
			.containsEntry("progress", null)
			.containsEntry("progress_note", null)
			.containsEntry("errors", null)
			.containsEntry("log_lines", null)
			.containsEntry("unique_key", "k");
	}

	@Test
	void wakesWorkersForAJobThatBecameDueEarlier() { // B10
		this.client.enqueue(request("{}", ConflictPolicy.REPLACE).withDelay(Duration.ofDays(1)));
		this.client.sent().clear();
		this.client.enqueue(request("{}", ConflictPolicy.REPLACE).withPriority(2));
		assertThat(this.client.sent()).singleElement().satisfies((wakeUps) -> {
			assertThat(wakeUps.get(0).priority()).isEqualTo(2);
			assertThat(wakeUps.get(0).due()).isTrue();
		});
	}

	@Test
	void isPutOffByEachDebouncedEnqueue() { // B10
		Duration soon = Duration.ofHours(1);
		EnqueuedJob first = this.client.enqueue(request("{\"n\": 1}", ConflictPolicy.DEBOUNCE).withDelay(soon));
		this.database.look().update("update tasuki.job set run_at = now() + interval '10 minutes'");
		EnqueuedJob second = this.client.enqueue(request("{\"n\": 2}", ConflictPolicy.DEBOUNCE).withDelay(soon));
		assertThat(second).isEqualTo(new EnqueuedJob(first.id(), Effect.REPLACED));
		assertThat(this.database.look().queryForObject("""
				select run_at between now() + interval '50 minutes' and now() + interval '1 hour'
				       and payload = '{"n": 2}' from tasuki.job
				""", Boolean.class)).isTrue();
	}

	@Test
	void neverBecomesDueEarlierByADebouncedEnqueue() { // B10
		this.client.enqueue(request("{}", ConflictPolicy.DEBOUNCE).withDelay(Duration.ofDays(1)));
		this.client.enqueue(request("{\"n\": 2}", ConflictPolicy.DEBOUNCE));
		assertThat(this.database.look()
			.queryForObject("select run_at > now() + interval '23 hours' and payload = '{\"n\": 2}' from tasuki.job",
					Boolean.class))
			.isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "REPLACE", "DEBOUNCE" })
	void storesAnotherJobWhenAWorkerHoldsTheOneWithTheKey(ConflictPolicy policy) { // B10
		EnqueuedJob running = this.client.enqueue(request("{\"n\": 1}", policy));
		this.database.look().update("update tasuki.job set " + LEASE);
		EnqueuedJob next = this.client.enqueue(request("{\"n\": 2}", policy));
		assertThat(next.effect()).isEqualTo(Effect.CREATED);
		assertThat(keys()).isEqualTo(Map.of(running.id().value(), "-", next.id().value(), "k"));
		assertThat(this.database.look()
			.queryForObject("select payload::text from tasuki.job where id = ?", String.class, running.id().value()))
			.isEqualTo("{\"n\": 1}");
	}

	@Test
	void leavesAJobWhoseWorkerDiedToTheOneThatTakesItOver() { // B10
		EnqueuedJob lost = this.client.enqueue(request("{}", ConflictPolicy.REPLACE));
		this.database.look()
			.update("update tasuki.job set lock_owner = 1, lease_expires_at = now() - interval '1 hour'");
		EnqueuedJob next = this.client.enqueue(request("{}", ConflictPolicy.REPLACE));
		assertThat(next.created()).isTrue();
		assertThat(keys()).isEqualTo(Map.of(lost.id().value(), "-", next.id().value(), "k"));
	}

	@Test
	void takesTheLastOfABatch() { // B10
		List<EnqueuedJob> jobs = this.client
			.enqueueAll(List.of(request("{\"n\": 1}", ConflictPolicy.REPLACE), QueueClient.request("q"),
					request("{\"n\": 2}", ConflictPolicy.REPLACE), request("{\"n\": 3}", ConflictPolicy.REPLACE)));
		assertThat(jobs).extracting(EnqueuedJob::effect)
			.containsExactly(Effect.CREATED, Effect.CREATED, Effect.REPLACED, Effect.REPLACED);
		assertThat(jobs).extracting(EnqueuedJob::id)
			.containsExactly(jobs.get(0).id(), jobs.get(1).id(), jobs.get(0).id(), jobs.get(0).id());
		assertThat(this.database.look()
			.queryForObject("select payload::text from tasuki.job where unique_key = 'k'", String.class))
			.isEqualTo("{\"n\": 3}");
	}

	@Test
	void answersEachPolicyOfABatchForItself() { // B10
		EnqueuedJob running = this.client.enqueue(key("running", ConflictPolicy.KEEP));
		this.database.look().update("update tasuki.job set " + LEASE);
		EnqueuedJob waiting = this.client.enqueue(key("waiting", ConflictPolicy.KEEP));
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(key("running", ConflictPolicy.KEEP),
				key("waiting", ConflictPolicy.KEEP), key("waiting", ConflictPolicy.REPLACE),
				key("running", ConflictPolicy.DEBOUNCE), key("fresh", ConflictPolicy.DEBOUNCE)));
		assertThat(jobs.get(0)).isEqualTo(new EnqueuedJob(running.id(), Effect.RUNNING));
		assertThat(jobs.get(1)).isEqualTo(new EnqueuedJob(waiting.id(), Effect.EXISTING));
		assertThat(jobs.get(2)).isEqualTo(new EnqueuedJob(waiting.id(), Effect.REPLACED));
		assertThat(jobs.subList(3, 5)).allMatch(EnqueuedJob::created);
		assertThat(keys()).isEqualTo(Map.of(running.id().value(), "-", waiting.id().value(), "waiting",
				jobs.get(3).id().value(), "running", jobs.get(4).id().value(), "fresh"));
	}

	@Test
	void undoesAReplacementWithItsTransaction() { // B10
		this.client.enqueue(request("{\"n\": 1}", ConflictPolicy.REPLACE));
		this.client.sent().clear();
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(request("{\"n\": 2}", ConflictPolicy.REPLACE));
			status.setRollbackOnly();
		});
		assertThat(this.client.sent()).isEmpty();
		assertThat(this.database.look().queryForObject("select payload::text from tasuki.job", String.class))
			.isEqualTo("{\"n\": 1}");
	}

	@Test
	void storesTheJobWhenTheOneToReplaceIsClaimedWhileItWaits() throws Exception { // S16
		EnqueuedJob first = this.client.enqueue(request("{\"n\": 1}", ConflictPolicy.REPLACE));
		CountDownLatch claimed = new CountDownLatch(1);
		CountDownLatch waits = new CountDownLatch(1);
		CompletableFuture<Void> claim = CompletableFuture
			.runAsync(() -> this.transaction.executeWithoutResult((status) -> {
				this.jdbc.update("update tasuki.job set " + LEASE);
				claimed.countDown();
				await(waits);
			}), this.threads);
		await(claimed);
		CompletableFuture<EnqueuedJob> second = CompletableFuture
			.supplyAsync(() -> this.client.enqueue(request("{\"n\": 2}", ConflictPolicy.REPLACE)), this.threads);
		Awaitility.await()
			.atMost(60, TimeUnit.SECONDS)
			.until(() -> this.database.look()
				.queryForObject(
						"select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
						Integer.class) == 1);
		waits.countDown();
		claim.get(60, TimeUnit.SECONDS);
		EnqueuedJob next = second.get(60, TimeUnit.SECONDS);
		assertThat(next.created()).isTrue();
		assertThat(keys()).isEqualTo(Map.of(first.id().value(), "-", next.id().value(), "k"));
	}

	@Test
	void tellsPayloadsApartByWhatTheySayNotByHow() { // B11
		EnqueuedJob first = this.client.enqueue(payload("greet", "{\"a\": 1, \"b\": [1, 2]}"));
		assertThat(this.client.enqueue(payload("greet", "{\"b\":[1,2],\"a\":1}")))
			.isEqualTo(new EnqueuedJob(first.id(), Effect.EXISTING));
		assertThat(this.client.enqueue(payload("greet", "{\"a\": 1, \"b\": [2, 1]}")).created()).isTrue();
		assertThat(this.client.enqueue(payload("part", "{\"a\": 1, \"b\": [1, 2]}")).created()).isTrue();
		assertThat(this.client.enqueue(payload("greet", "{\"a\": 1, \"b\": [1, 2]}").withQueue("r")).created())
			.isTrue();
	}

	@Test
	void tellsPayloadsApartInsideABatch() { // B11
		EnqueuedJob before = this.client.enqueue(payload("greet", "{\"n\": 0}"));
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(payload("greet", "{\"n\":0}"),
				payload("greet", "{\"n\": 1}"), payload("greet", "{\"n\":1}"), QueueClient.request("q")));
		assertThat(jobs).extracting(EnqueuedJob::effect)
			.containsExactly(Effect.EXISTING, Effect.CREATED, Effect.EXISTING, Effect.CREATED);
		assertThat(jobs.get(0).id()).isEqualTo(before.id());
		assertThat(jobs.get(2).id()).isEqualTo(jobs.get(1).id());
	}

	@Test
	void tellsKindsApartInsideABatch() { // B11
		assertThat(this.client.enqueueAll(List.of(payload("greet", "{}"), payload("part", "{}"))))
			.allMatch(EnqueuedJob::created);
	}

	@Test
	void takesAJobWithoutAPayloadForTheSameAsAnotherOne() { // B11
		JobRequest<Void> tick = JobRequest.ofKind("tick").withUniqueKey(UniqueKey.ofPayload());
		EnqueuedJob first = this.client.enqueue(tick);
		assertThat(this.client.enqueue(tick)).isEqualTo(new EnqueuedJob(first.id(), Effect.EXISTING));
	}

	@Test
	void debouncesByPayload() { // B11
		JobRequest<String> request = payload("greet", "{\"n\": 0}").withDelay(Duration.ofHours(1))
			.withUniqueKey(UniqueKey.ofPayload().withConflictPolicy(ConflictPolicy.DEBOUNCE));
		EnqueuedJob first = this.client.enqueue(request);
		assertThat(this.client.enqueue(request)).isEqualTo(new EnqueuedJob(first.id(), Effect.REPLACED));
	}

	private Map<Long, String> keys() {
		return this.database.look()
			.query("select id, coalesce(unique_key, '-') from tasuki.job",
					(row, number) -> Map.entry(row.getLong(1), row.getString(2)))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static JobRequest<String> request(String payload, ConflictPolicy policy) {
		return JobRequest.of("greet", payload)
			.withQueue("q")
			.withUniqueKey(UniqueKey.of("k").withConflictPolicy(policy));
	}

	private static JobRequest<String> key(String key, ConflictPolicy policy) {
		return QueueClient.request("q").withUniqueKey(UniqueKey.of(key).withConflictPolicy(policy));
	}

	private static JobRequest<String> payload(String kind, String payload) {
		return JobRequest.of(kind, payload).withQueue("q").withUniqueKey(UniqueKey.ofPayload());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
