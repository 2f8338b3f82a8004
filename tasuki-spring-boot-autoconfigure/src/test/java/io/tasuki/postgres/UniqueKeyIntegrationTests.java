package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.EnqueuedJob;
import io.tasuki.JobRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniqueKeyIntegrationTests {

	private final QueueDatabase database = new QueueDatabase();

	private final HikariDataSource pool = this.database.pool(16);

	private final HikariDataSource otherPool = this.database.pool(16);

	private final QueueClient client = new QueueClient(this.pool);

	private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.pool));

	private final ExecutorService threads = Executors.newFixedThreadPool(32);

	@BeforeEach
	void clear() {
		this.database.clear();
		this.client.sent().clear();
	}

	@AfterAll
	void close() {
		this.threads.shutdownNow();
		this.pool.close();
		this.otherPool.close();
	}

	@Test
	void answersWithTheLiveJobThatHasTheKey() { // B10
		EnqueuedJob first = this.client.enqueue(unique("q", "k"));
		EnqueuedJob second = this.client.enqueue(unique("q", "k"));
		assertThat(first.created()).isTrue();
		assertThat(second).isEqualTo(new EnqueuedJob(first.id(), EnqueuedJob.Effect.EXISTING));
		assertThat(this.database.jobCount()).isEqualTo(1);
		assertThat(this.client.sent()).hasSize(1);
	}

	@Test
	void keepsTheJobThatRunsWithTheKey() { // B10
		EnqueuedJob first = this.client.enqueue(unique("q", "k"));
		this.database.look()
			.update("update tasuki.job set lock_owner = 1, lease_expires_at = now() + interval '1 hour'");
		assertThat(this.client.enqueue(unique("q", "k")))
			.isEqualTo(new EnqueuedJob(first.id(), EnqueuedJob.Effect.RUNNING));
	}

	@Test
	void storesAnotherJobWhenTheKeysJobHasEnded() { // B10
		this.client.enqueue(unique("q", "k"));
		this.database.look().update("delete from tasuki.job");
		assertThat(this.client.enqueue(unique("q", "k")).created()).isTrue();
	}

	@Test
	void tellsQueuesApart() { // B10
		assertThat(this.client.enqueue(unique("q", "k")).created()).isTrue();
		assertThat(this.client.enqueue(unique("r", "k")).created()).isTrue();
	}

	@Test
	void answersInsideABatch() { // B10
		EnqueuedJob before = this.client.enqueue(unique("q", "held"));
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(unique("q", "z"), QueueClient.request("q"),
				unique("q", "held"), unique("q", "a"), unique("q", "z"), unique("r", "z"), QueueClient.request("q")));
		assertThat(jobs).extracting(EnqueuedJob::created).containsExactly(true, true, false, true, false, true, true);
		assertThat(jobs.get(2).id()).isEqualTo(before.id());
		assertThat(jobs.get(4).id()).isEqualTo(jobs.get(0).id());
		assertThat(this.database.jobCount()).isEqualTo(6);
		for (int i : List.of(0, 1, 3, 5, 6)) {
			assertThat(this.database.look()
				.queryForObject("select coalesce(unique_key, '-') from tasuki.job where id = ?", String.class,
						jobs.get(i).id().value()))
				.isEqualTo(List.of("z", "-", "held", "a", "z", "z", "-").get(i));
		}
	}

	@Test
	void storesThousandsWithKeysAndAnswersInTheirOrder() { // B10
		List<JobRequest<String>> requests = IntStream.range(0, 5000)
			.mapToObj((i) -> unique("q", "key " + i * 7919 % 5000))
			.toList();
		List<EnqueuedJob> first = this.client.enqueueAll(requests);
		assertThat(first).allMatch(EnqueuedJob::created);
		List<EnqueuedJob> second = this.client.enqueueAll(requests);
		assertThat(second).extracting(EnqueuedJob::id).isEqualTo(first.stream().map(EnqueuedJob::id).toList());
		assertThat(second).noneMatch(EnqueuedJob::created);
	}

	@Test
	void storesOneRowFor32ThreadsOfTwoInstances() throws Exception { // S15
		for (int round = 0; round < 20; round++) {
			String key = "round " + round;
			CountDownLatch start = new CountDownLatch(1);
			List<Future<EnqueuedJob>> answers = new ArrayList<>();
			for (int i = 0; i < 32; i++) {
				QueueClient instance = new QueueClient((i % 2 == 0) ? this.pool : this.otherPool);
				boolean batch = i % 3 == 0;
				answers.add(this.threads.submit(() -> {
					start.await();
					return (batch) ? instance.enqueueAll(List.of(unique("q", key), unique("q", key + " b"))).get(0)
							: instance.enqueue(unique("q", key));
				}));
			}
			start.countDown();
			List<EnqueuedJob> jobs = new ArrayList<>();
			for (Future<EnqueuedJob> answer : answers) {
				jobs.add(answer.get());
			}
			assertThat(jobs).filteredOn(EnqueuedJob::created).hasSize(1);
			assertThat(jobs).extracting(EnqueuedJob::id).containsOnly(jobs.get(0).id());
		}
		assertThat(this.database.jobCount()).isEqualTo(40);
	}

	@Test
	void answersWhileJobsWithTheKeyComeAndGo() throws Exception { // S16
		CompletableFuture<Void> stop = new CompletableFuture<>();
		Future<?> completer = this.threads.submit(() -> {
			while (!stop.isDone()) {
				this.database.look().update("delete from tasuki.job");
			}
		});
		List<Future<Integer>> enqueuers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			enqueuers.add(this.threads.submit(() -> {
				int created = 0;
				for (int n = 0; n < 100; n++) {
					created += (this.client.enqueue(unique("q", "k")).created()) ? 1 : 0;
					created += (this.client.enqueueAll(List.of(unique("q", "k"), QueueClient.request("q")))
						.get(0)
						.created()) ? 1 : 0;
				}
				return created;
			}));
		}
		int created = 0;
		for (Future<Integer> enqueuer : enqueuers) {
			created += enqueuer.get();
		}
		stop.complete(null);
		completer.get();
		assertThat(created).isPositive();
	}

	@Test
	void storesTheJobWhenTheHolderOfTheKeyRollsBack() throws Exception { // S16
		assertThat(enqueueWhileAnotherHoldsTheKey(false).created()).isTrue();
		assertThat(this.database.jobCount()).isEqualTo(1);
	}

	@Test
	void answersWithTheHolderOfTheKeyThatCommitsMeanwhile() throws Exception { // S16
		EnqueuedJob job = enqueueWhileAnotherHoldsTheKey(true);
		assertThat(job.created()).isFalse();
		assertThat(this.database.jobs()).singleElement().extracting((row) -> row.get("id")).isEqualTo(job.id().value());
	}

	@Test
	void answersInABatchWithTheHolderOfTheKeyThatCommitsMeanwhile() throws Exception { // S16
		Connection holder = holdKey();
		Future<List<EnqueuedJob>> answer = this.threads.submit(
				() -> this.client.enqueueAll(List.of(unique("q", "l"), unique("q", "k"), QueueClient.request("q"))));
		awaitWaiter();
		holder.commit();
		holder.close();
		assertThat(answer.get()).extracting(EnqueuedJob::created).containsExactly(true, false, true);
		assertThat(this.database.jobCount()).isEqualTo(3);
	}

	@Test
	void letsASerializationFailureGoUp() {
		TransactionTemplate repeatable = new TransactionTemplate(new JdbcTransactionManager(this.pool));
		repeatable.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		assertThatExceptionOfType(ConcurrencyFailureException.class)
			.isThrownBy(() -> repeatable.executeWithoutResult((status) -> {
				this.client.enqueue(QueueClient.request("q"));
				new QueueClient(this.database.unpooled(), true).enqueue(unique("q", "k"));
				this.client.enqueue(unique("q", "k"));
			}))
			.withStackTraceContaining("could not serialize access");
	}

	@Test
	void waitsInsteadOfDeadlockingForABatchWithTheSameKeys() throws Exception {
		List<JobRequest<String>> upwards = IntStream.range(0, 300).mapToObj((i) -> unique("q", "key " + i)).toList();
		List<JobRequest<String>> downwards = IntStream.range(0, 300)
			.mapToObj((i) -> unique("q", "key " + (299 - i)))
			.toList();
		for (int round = 0; round < 10; round++) {
			Future<List<EnqueuedJob>> one = this.threads.submit(() -> this.client.enqueueAll(upwards));
			Future<List<EnqueuedJob>> other = this.threads.submit(() -> this.client.enqueueAll(downwards));
			long created = one.get().stream().filter(EnqueuedJob::created).count()
					+ other.get().stream().filter(EnqueuedJob::created).count();
			assertThat(created).isEqualTo(300);
			this.database.clear();
		}
	}

	@Test
	void answersInATransactionThatEnqueuedTheKeyItself() { // B10
		this.transaction.executeWithoutResult((status) -> {
			EnqueuedJob first = this.client.enqueue(unique("q", "k"));
			assertThat(this.client.enqueue(unique("q", "k")))
				.isEqualTo(new EnqueuedJob(first.id(), EnqueuedJob.Effect.EXISTING));
			assertThat(this.client.enqueueAll(List.of(unique("q", "k"), unique("q", "l"))).get(0))
				.isEqualTo(new EnqueuedJob(first.id(), EnqueuedJob.Effect.EXISTING));
		});
		assertThat(this.database.jobCount()).isEqualTo(2);
	}

	private EnqueuedJob enqueueWhileAnotherHoldsTheKey(boolean commit) throws Exception {
		Connection holder = holdKey();
		Future<EnqueuedJob> answer = this.threads.submit(() -> this.client.enqueue(unique("q", "k")));
		awaitWaiter();
		if (commit) {
			holder.commit();
		}
		else {
			holder.rollback();
		}
		holder.close();
		return answer.get();
	}

	private Connection holdKey() throws SQLException {
		Connection holder = this.database.unpooled().getConnection();
		holder.setAutoCommit(false);
		holder.createStatement().execute("insert into tasuki.job (queue, kind, unique_key) values ('q', 'k', 'k')");
		return holder;
	}

	private void awaitWaiter() {
		Awaitility.await().until(() -> this.database.look().queryForObject("""
				select count(*) = 1 from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'
				""", Boolean.class));
	}

	private static JobRequest<String> unique(String queue, String key) {
		return QueueClient.request(queue).withUniqueKey(key);
	}

}
