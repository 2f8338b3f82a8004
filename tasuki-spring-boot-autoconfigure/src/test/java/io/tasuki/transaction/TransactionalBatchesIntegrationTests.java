package io.tasuki.transaction;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.tasuki.BatchResult;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Batches that complete all of their jobs in the transaction of their handler. */
class TransactionalBatchesIntegrationTests extends TransactionalTests {

	private final ApplicationContextRunner runner = runner(Handlers.class, "tasuki.retry.initial-delay=20ms",
			"tasuki.worker.lease-duration=3s", "tasuki.worker.poll-interval=200ms", "tasuki.worker.shutdown-timeout=2s",
			"tasuki.retry.max-attempts=3");

	@ParameterizedTest
	@ValueSource(strings = { "joined", "repeatable" })
	@DisplayName("Batches, S25: what a batch wrote and the outcomes of all its jobs are of one transaction")
	void writesAndCompletesInOneTransaction(String kind) {
		// Without the archive no savepoint gives the second row a number of its own.
		this.runner.withPropertyValues("tasuki.retention.archive=false").run((context) -> {
			Effects effects = context.getBean(Effects.class);
			effects.then((jobs) -> (jobs.get(0).attempt() == 1)
					? BatchResult.all(JobResult.retryIn(Duration.ofHours(1))) : BatchResult.done());
			enqueue(context, kind, 5);
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> effects.count() == 5);
			// Written by one transaction, both rows carry its number.
			assertThat(effects.jdbc()
				.queryForObject(
						"select count(*) from tasuki.job join effect on job.id = job_id and job.xmin = effect.xmin",
						Integer.class))
				.isEqualTo(5);
			effects.jdbc().update("update tasuki.job set run_at = now()");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> live(effects) == 0);
			assertThat(effects.count()).isEqualTo(10);
		});
	}

	@Test
	@DisplayName("Batches: an exception undoes the writes for all jobs and is charged to each")
	void exceptionUndoesEverything() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			effects.then((jobs) -> {
				if (effects.calls() == 1) {
					throw new IllegalStateException("first");
				}
				return BatchResult.done();
			});
			for (JobId id : enqueue(context, "joined", 4)) {
				FoundJob job = await(context, id, JobState.SUCCEEDED);
				assertThat(job.job().attempt()).isEqualTo(2);
				assertThat(job.errors()).singleElement()
					.satisfies((error) -> assertThat(error.message()).isEqualTo("first"));
			}
			assertThat(effects.count()).isEqualTo(4);
		});
	}

	@Test
	@DisplayName("Batches: done, but marked rollback-only: nothing stays, and each attempt fails")
	void rollbackOnlyFailsEveryJob() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			effects.then((jobs) -> {
				if (effects.calls() == 1) {
					TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
				}
				return BatchResult.done();
			});
			for (JobId id : enqueue(context, "joined", 3)) {
				FoundJob job = await(context, id, JobState.SUCCEEDED);
				assertThat(job.errors()).singleElement()
					.satisfies((error) -> assertThat(error.message()).contains("rollback-only"));
			}
			assertThat(effects.count()).isEqualTo(3);
		});
	}

	@Test
	@DisplayName("Batches: results of single jobs commit with the writes")
	void resultsOfSingleJobsCommitWithTheWrites() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			effects.then((jobs) -> BatchResult.done()
				.with(jobs.get(0).id(), JobResult.cancel("thought better of it"))
				.with(jobs.get(1).id(), JobResult.fail("no use")));
			List<JobId> ids = enqueue(context, "joined", 3);
			assertThat(await(context, ids.get(0), JobState.CANCELLED).reason()).isEqualTo("thought better of it");
			assertThat(await(context, ids.get(1), JobState.DEAD).reason()).isEqualTo("no use");
			await(context, ids.get(2), JobState.SUCCEEDED);
			assertThat(effects.count()).isEqualTo(3);
		});
	}

	@Test
	@DisplayName("Batches, S5: one lost lease undoes the whole batch; the others run again, uncharged")
	void lostLeaseUndoesTheBatch() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			List<JobId> lost = new ArrayList<>();
			effects.then((jobs) -> {
				if (effects.calls() == 1) {
					lost.add(jobs.get(1).id());
					// A connection of its own, which the handler's transaction does not
					// cover.
					try (Connection other = context.getBean(DataSource.class).getConnection()) {
						other.createStatement().execute("""
								update tasuki.job set lock_owner = 4711, lease_no = lease_no + 1,
								       lease_expires_at = now() + interval '1 hour' where id = %s
								""".formatted(jobs.get(1).id().value()));
					}
				}
				return BatchResult.done();
			});
			List<JobId> ids = new ArrayList<>(enqueue(context, "joined", 4));
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> effects.calls() >= 2);
			ids.removeAll(lost);
			for (JobId id : ids) {
				FoundJob job = await(context, id, JobState.SUCCEEDED);
				assertThat(job.job().attempt()).isOne();
				assertThat(job.errors()).isEmpty();
			}
			assertThat(effects.count()).isEqualTo(3);
			assertThat(effects.jdbc().queryForList("select lock_owner from tasuki.job", Long.class))
				.containsExactly(4711L);
		});
	}

	@Test
	@DisplayName("Batches, S4: a payload that cannot be decoded is dead alone, whatever becomes of the transaction")
	void unreadablePayloadIsDeadAlone() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			effects.jdbc().update("insert into tasuki.job (kind, payload) values ('numbers', '{\"a\": []}')");
			effects.jdbc().update("insert into tasuki.job (kind, payload) values ('numbers', '1'), ('numbers', '2')");
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> effects.jdbc()
					.queryForObject("select count(*) from tasuki.job_archive", Integer.class) == 2);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> effects.jdbc().queryForObject("select count(*) from tasuki.job_dead", Integer.class) == 1);
			assertThat(effects.count()).isEqualTo(2);
		});
	}

	private static int live(Effects effects) {
		Integer live = effects.jdbc().queryForObject("select count(*) from tasuki.job", Integer.class);
		return (live != null) ? live : -1;
	}

	/** Enqueues in one transaction, so that all are there at once. */
	private static List<JobId> enqueue(ApplicationContext context, String kind, int jobs) {
		return context.getBean(JobClient.class)
			.enqueueAll(IntStream.range(0, jobs).mapToObj((number) -> JobRequest.of(kind, number)).toList())
			.stream()
			.map(EnqueuedJob::id)
			.toList();
	}

	/** The writes of batches, and what a batch does after them. */
	static class Effects {

		private final JdbcTemplate jdbc;

		private final CopyOnWriteArrayList<Integer> sizes = new CopyOnWriteArrayList<>();

		private volatile Then then = (jobs) -> BatchResult.done();

		Effects(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
			jdbc.execute("create table effect (job_id bigint not null)");
		}

		void then(Then then) {
			this.then = then;
		}

		BatchResult write(List<Job> jobs) throws Exception {
			this.sizes.add(jobs.size());
			jobs.forEach((job) -> this.jdbc.update("insert into effect values (?)", job.id().value()));
			return this.then.run(jobs);
		}

		int calls() {
			return this.sizes.size();
		}

		int count() {
			Integer count = this.jdbc.queryForObject("select count(*) from effect", Integer.class);
			return (count != null) ? count : -1;
		}

		JdbcTemplate jdbc() {
			return this.jdbc;
		}

	}

	/** What follows the writes. */
	interface Then {

		BatchResult run(List<Job> jobs) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Effects effects(JdbcTemplate jdbc) {
			return new Effects(jdbc);
		}

		@Bean
		Beans beans(Effects effects) {
			return new Beans(effects);
		}

		static class Beans {

			private final Effects effects;

			Beans(Effects effects) {
				this.effects = effects;
			}

			@Transactional
			@JobHandler(value = "joined", batchSize = 10)
			BatchResult joined(List<Job> jobs) throws Exception {
				return this.effects.write(jobs);
			}

			@Transactional(isolation = Isolation.REPEATABLE_READ)
			@JobHandler(value = "repeatable", batchSize = 10)
			BatchResult repeatable(List<Job> jobs) throws Exception {
				return this.effects.write(jobs);
			}

			@Transactional
			@JobHandler(value = "numbers", batchSize = 10)
			void numbers(List<Integer> numbers, List<Job> jobs) throws Exception {
				assertThat(numbers).hasSameSizeAs(jobs).doesNotContainNull();
				this.effects.write(jobs);
			}

		}

	}

}
