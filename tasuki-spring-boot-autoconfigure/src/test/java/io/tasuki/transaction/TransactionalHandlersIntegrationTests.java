package io.tasuki.transaction;

import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerListener;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class TransactionalHandlersIntegrationTests extends TransactionalTests {

	private final ApplicationContextRunner runner = runner(Handlers.class, "tasuki.retry.initial-delay=20ms",
			"tasuki.worker.lease-duration=3s", "tasuki.worker.poll-interval=200ms", "tasuki.worker.shutdown-timeout=2s",
			"tasuki.retry.max-attempts=3");

	@Test
	void writesAndCompletesInOneTransaction(CapturedOutput output) {
		// Without the archive no savepoint gives the second row a number of its own.
		this.runner.withPropertyValues("tasuki.retention.archive=false").run((context) -> {
			Effects effects = effects(context);
			effects.then(() -> (effects.attempts().size() == 1) ? JobResult.retryIn(Duration.ofHours(1)) : null);
			JobId id = enqueue(context, "joined");
			awaitEffects(context, 1);
			// Written by one transaction, both rows carry its number.
			assertThat(effects.jdbc()
				.queryForObject(
						"select count(*) from tasuki.job join effect on job.id = job_id and job.xmin = effect.xmin",
						Integer.class))
				.isOne();
			effects.jdbc().update("update tasuki.job set run_at = now()");
			awaitEffects(context, 2);
			Awaitility.await().atMost(PATIENCE).until(() -> context.getBean(JobClient.class).find(id).isEmpty());
			assertThat(effects.attempts()).containsExactly(1, 2);
			assertThat(output).contains("Handlers$Beans.joined").contains("completes its jobs in its own transaction");
		});
	}

	@Test
	void undoesTheWritesOfAnAttemptThatThrows() {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			effects.then(() -> failAtFirst(effects, new IllegalStateException("first")));
			FoundJob job = await(context, enqueue(context, "joined"), JobState.SUCCEEDED);
			assertThat(effects.attempts()).containsExactly(1, 2);
			assertThat(effectAttempts(context)).containsExactly(2);
			assertThat(job.errors()).singleElement()
				.satisfies((error) -> assertThat(error.message()).isEqualTo("first"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "joined", "lenient" })
	void keepsTheWritesOfAnAttemptWhoseExceptionIsNotToRollBack(String kind) {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			Exception notToRollBack = kind.equals("joined") ? new IOException("first")
					: new IllegalArgumentException("first");
			effects.then(() -> failAtFirst(effects, notToRollBack));
			FoundJob job = await(context, enqueue(context, kind), JobState.SUCCEEDED);
			assertThat(effectAttempts(context)).containsExactly(1, 2);
			assertThat(job.errors()).singleElement()
				.satisfies((error) -> assertThat(error.message()).isEqualTo("first"));
		});
	}

	@Test
	void failsAnAttemptThatIsDoneButMarkedRollbackOnly() {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			effects.then(() -> {
				if (effects.attempts().size() == 1) {
					TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
				}
				return JobResult.done();
			});
			FoundJob job = await(context, enqueue(context, "joined"), JobState.SUCCEEDED);
			assertThat(effectAttempts(context)).containsExactly(2);
			assertThat(job.job().attempt()).isEqualTo(2);
			assertThat(job.errors()).singleElement()
				.satisfies((error) -> assertThat(error.message()).contains("rollback-only"));
		});
	}

	@Test
	void honoursAResultBesideARollback() {
		this.runner.run((context) -> {
			effects(context).then(() -> {
				TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
				return JobResult.cancel("thought better of it");
			});
			FoundJob job = await(context, enqueue(context, "joined"), JobState.CANCELLED);
			assertThat(job.reason()).isEqualTo("thought better of it");
			assertThat(effectAttempts(context)).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "CANCELLED", "DEAD" })
	void recordsEveryResultWithTheWrites(JobState state) {
		this.runner.run((context) -> {
			effects(context)
				.then(() -> (state == JobState.DEAD) ? JobResult.fail("no use") : JobResult.cancel("no use"));
			FoundJob job = await(context, enqueue(context, "joined"), state);
			assertThat(job.reason()).isEqualTo("no use");
			assertThat(effectAttempts(context)).containsExactly(1);
		});
	}

	@Test
	@DisplayName("S5: a transactional handler whose lease was lost leaves no trace")
	void undoesEverythingWhenTheLeaseWasLost() {
		LostLeases lost = new LostLeases();
		this.runner.withBean(LostLeases.class, () -> lost).run((context) -> {
			Effects effects = effects(context);
			// A connection of its own, which the handler's transaction does not cover.
			effects.then(() -> {
				try (Connection other = context.getBean(DataSource.class).getConnection()) {
					other.createStatement().execute("update tasuki.job set lock_owner = 4711, lease_no = lease_no + 1");
				}
				return JobResult.done();
			});
			enqueue(context, "joined");
			Awaitility.await().atMost(PATIENCE).until(() -> lost.count.get() == 1);
			assertThat(effectAttempts(context)).isEmpty();
			assertThat(
					context.getBean(JdbcTemplate.class).queryForList("select lock_owner from tasuki.job", Long.class))
				.containsExactly(4711L);
		});
	}

	@Test
	void holdsTheTimeoutOfTheAnnotation() {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			effects.then(() -> {
				if (effects.attempts().size() == 1) {
					effects.jdbc().queryForList("select pg_sleep(60)");
				}
				return JobResult.done();
			});
			FoundJob job = await(context, enqueue(context, "hurried"), JobState.SUCCEEDED);
			assertThat(effectAttempts(context)).containsExactly(2);
			assertThat(job.errors()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "repeatable", "joined" })
	@DisplayName("Rule 3: a heartbeat does not disturb a handler that keeps its snapshot")
	void completesUnderRepeatableReadAfterHeartbeats(String kind) {
		String isolation = kind.equals("joined") ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED";
		this.runner
			.withPropertyValues("spring.datasource.hikari.transaction-isolation=" + isolation,
					"tasuki.worker.lease-duration=1s")
			.run((context) -> {
				Effects effects = effects(context);
				CountDownLatch renewed = new CountDownLatch(1);
				effects.then(() -> {
					assertThat(effects.jdbc().queryForObject("show transaction_isolation", String.class))
						.isEqualTo("repeatable read");
					renewed.await();
					return JobResult.done();
				});
				JobId other = enqueue(context, "plain");
				JobId id = enqueue(context, kind);
				// The heartbeat that renewed the one has met the other.
				awaitRenewal(context, other);
				awaitRenewal(context, other);
				renewed.countDown();
				Handlers.gate.countDown();
				FoundJob job = await(context, id, JobState.SUCCEEDED);
				assertThat(job.errors()).isEmpty();
				assertThat(effectAttempts(context)).containsExactly(1);
			});
	}

	@Test
	@DisplayName("S26: a transaction that cannot begin charges nothing; the job runs once one can")
	void putsOffWhatCannotBegin() {
		this.runner
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1",
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> {
				JobId id = enqueue(context, "joined");
				FoundJob done = await(context, id, JobState.SUCCEEDED);
				assertThat(done.job().attempt()).isOne();
				JobId late;
				try (HikariDataSource other = otherPool();
						Connection held = context.getBean(DataSource.class).getConnection()) {
					assertThat(held.isValid(1)).isTrue();
					JdbcTemplate look = new JdbcTemplate(other);
					late = new JobId(look.queryForObject("""
							insert into tasuki.job (kind, max_attempts) values ('joined', 1) returning id
							""", Long.class));
					Awaitility.await()
						.atMost(PATIENCE)
						.until(() -> look.queryForObject("select lease_no > 1 from tasuki.job", Boolean.class));
					assertThat(look.queryForObject("select errors is null from tasuki.job", Boolean.class)).isTrue();
				}
				FoundJob found = await(context, late, JobState.SUCCEEDED);
				assertThat(found.job().attempt()).isOne();
				assertThat(effectAttempts(context)).containsExactly(1, 1);
			});
	}

	@Test
	@DisplayName("S32, rule 6: a transactional handler completes without an archive row where the archive takes none")
	void completesWithoutTheArchive() {
		this.runner.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.queryForList("select inhrelid::regclass::text from pg_inherits "
					+ "where inhparent = 'tasuki.job_archive'::regclass", String.class)
				.forEach((partition) -> jdbc.execute("drop table " + partition));
			enqueue(context, "joined");
			awaitEffects(context, 1);
			assertThat(jdbc.queryForObject("select count(*) from tasuki.job", Integer.class)).isZero();
			assertThat(effectAttempts(context)).containsExactly(1);
		});
	}

	@Test
	void failsAnAttemptWhoseCommitFails() {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			effects.jdbc()
				.execute("alter table effect add constraint odd unique (job_id) deferrable initially deferred");
			effects.then(() -> {
				if (effects.attempts().size() == 1) {
					effects.jdbc().update("insert into effect select * from effect");
				}
				return JobResult.done();
			});
			FoundJob job = await(context, enqueue(context, "joined"), JobState.SUCCEEDED);
			assertThat(effectAttempts(context)).containsExactly(2);
			assertThat(job.errors()).singleElement().satisfies((error) -> assertThat(error.message()).contains("odd"));
		});
	}

	@Test
	void enqueuesWithTheHandlersWrites() { // B14
		this.runner.run((context) -> {
			Effects effects = effects(context);
			JobClient client = context.getBean(JobClient.class);
			effects.then(() -> {
				client.enqueue(JobRequest.ofKind("nobody's").withQueue("elsewhere"));
				return failAtFirst(effects, new IllegalStateException());
			});
			await(context, enqueue(context, "joined"), JobState.SUCCEEDED);
			assertThat(effects.jdbc().queryForObject("select count(*) from tasuki.job", Integer.class)).isOne();
		});
	}

	@Test
	void undoesTheWritesOfAnAttemptThatTheShutdownInterrupts() {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			CountDownLatch written = new CountDownLatch(1);
			effects.then(() -> {
				written.countDown();
				// A checked exception, which by itself would not roll back.
				new CountDownLatch(1).await();
				return JobResult.done();
			});
			JobId id = enqueue(context, "joined");
			written.await();
			context.getBean(Worker.class).stop();
			assertThat(effectAttempts(context)).isEmpty();
			assertThat(context.getBean(JobClient.class).find(id)).hasValueSatisfying((found) -> {
				assertThat(found.state()).isEqualTo(JobState.AVAILABLE);
				assertThat(found.job().attempt()).isZero();
			});
		});
	}

	@Test
	void fetchesNoConnectionBeforeTheHandlersFirstStatement() {
		this.runner.withUserConfiguration(LazyConnections.class)
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1",
					"spring.datasource.hikari.connection-timeout=250")
			.run((context) -> {
				JobId first = enqueue(context, "joined");
				await(context, first, JobState.SUCCEEDED);
				JobId id = enqueue(context, "idle");
				// The pool's one connection is free for this while the handler runs.
				Awaitility.await()
					.atMost(PATIENCE)
					.until(() -> Handlers.idling.getCount() == 0
							&& context.getBean(JobClient.class).find(id).orElseThrow().state() == JobState.RUNNING);
				Handlers.gate.countDown();
				await(context, id, JobState.SUCCEEDED);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "requiresNew", "notSupported", "never", "supports", "readOnly" })
	void completesAfterwardsWhereTheTransactionIsNotTheOne(String kind, CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(output).contains("Handlers$Beans." + kind).contains("completes its jobs after its transaction");
			await(context, enqueue(context, kind), JobState.SUCCEEDED);
		});
	}

	private Effects effects(ApplicationContext context) {
		return context.getBean(Effects.class);
	}

	private static JobResult failAtFirst(Effects effects, Exception failure) throws Exception {
		if (effects.attempts().size() == 1) {
			throw failure;
		}
		return JobResult.done();
	}

	private static void awaitEffects(ApplicationContext context, int count) {
		Awaitility.await().atMost(PATIENCE).until(() -> effectAttempts(context).size() == count);
	}

	private static List<Integer> effectAttempts(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class)
			.queryForList("select attempt from effect order by attempt", Integer.class);
	}

	private static void awaitRenewal(ApplicationContext context, JobId id) {
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		String lease = "select lease_expires_at::text from tasuki.job where id = ? and lease_expires_at is not null";
		Awaitility.await().atMost(PATIENCE).until(() -> !jdbc.queryForList(lease, id.value()).isEmpty());
		List<Map<String, Object>> before = jdbc.queryForList(lease, id.value());
		Awaitility.await().atMost(PATIENCE).until(() -> !jdbc.queryForList(lease, id.value()).equals(before));
	}

	private HikariDataSource otherPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.database.jdbcUrl());
		pool.setUsername(this.database.username());
		pool.setPassword(this.database.password());
		pool.setMaximumPoolSize(1);
		return pool;
	}

	static class LostLeases implements WorkerListener {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void leaseLost(Job job) {
			this.count.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		static volatile CountDownLatch gate = new CountDownLatch(1);

		static volatile CountDownLatch idling = new CountDownLatch(1);

		@Bean
		Effects effects(JdbcTemplate jdbc) {
			jdbc.execute(Effects.TABLE);
			gate = new CountDownLatch(1);
			idling = new CountDownLatch(1);
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
			@JobHandler("joined")
			JobResult joined(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(noRollbackFor = IllegalArgumentException.class)
			@JobHandler("lenient")
			JobResult lenient(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(timeout = 1)
			@JobHandler("hurried")
			JobResult hurried(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(isolation = Isolation.REPEATABLE_READ)
			@JobHandler("repeatable")
			JobResult repeatable(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional
			@JobHandler("idle")
			void idle() throws InterruptedException {
				idling.countDown();
				gate.await();
			}

			@JobHandler("plain")
			void plain() throws InterruptedException {
				gate.await();
			}

			@Transactional(propagation = Propagation.REQUIRES_NEW)
			@JobHandler("requiresNew")
			JobResult requiresNew(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(propagation = Propagation.NOT_SUPPORTED)
			@JobHandler("notSupported")
			JobResult notSupported(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(propagation = Propagation.NEVER)
			@JobHandler("never")
			JobResult never(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(propagation = Propagation.SUPPORTS)
			@JobHandler("supports")
			JobResult supports(JobContext context) throws Exception {
				return this.effects.write(context);
			}

			@Transactional(readOnly = true)
			@JobHandler("readOnly")
			void readOnly() {
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyConnections {

		@Bean
		static BeanPostProcessor lazyConnections() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					return (bean instanceof HikariDataSource pool) ? new LazyConnectionDataSourceProxy(pool) : bean;
				}

			};
		}

	}

}
