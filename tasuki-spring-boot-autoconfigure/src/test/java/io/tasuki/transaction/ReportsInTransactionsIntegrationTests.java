package io.tasuki.transaction;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.LogLine;
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

import static org.assertj.core.api.Assertions.assertThat;

/** What handlers say that complete their jobs in their own transactions. */
class ReportsInTransactionsIntegrationTests extends TransactionalTests {

	private final ApplicationContextRunner runner = runner(Handlers.class, "tasuki.retry.initial-delay=20ms",
			"tasuki.worker.lease-duration=2s", "tasuki.worker.poll-interval=200ms");

	@ParameterizedTest
	@ValueSource(strings = { "joined", "serializable" })
	@DisplayName("Rule 11: a transactional handler's last words are written with its outcome, whatever its isolation")
	void keepsTheLastWords(String kind) {
		this.runner.run((context) -> {
			effects(context).then(JobResult::done);
			FoundJob job = await(context, enqueue(context, kind), JobState.SUCCEEDED);
			assertThat(job.logLines()).extracting(LogLine::text).containsExactly("attempt 1");
			assertThat(job.progress()).isEqualTo(99);
			assertThat(job.job().metadata()).isEqualTo(Map.of("attempt", "1"));
			assertThat(effectCount(context)).isOne();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "joined", "serializable" })
	@DisplayName("Rule 11: a rollback undoes what a handler wrote, not what it said")
	void keepsWhatWasSaidBeforeARollback(String kind) {
		this.runner.run((context) -> {
			Effects effects = effects(context);
			effects.then(() -> {
				if (effects.attempts().size() == 1) {
					throw new IllegalStateException("first");
				}
				return JobResult.done();
			});
			FoundJob job = await(context, enqueue(context, kind), JobState.SUCCEEDED);
			assertThat(job.logLines()).extracting((line) -> line.attempt() + " " + line.text())
				.containsExactly("1 attempt 1", "2 attempt 2");
			assertThat(job.job().metadata()).isEqualTo(Map.of("attempt", "2"));
			assertThat(effectCount(context)).isOne();
		});
	}

	@Test
	@DisplayName("Rule 3: the heartbeat writes what a transactional handler says, or waits for it, and conflicts with none")
	void heartbeatsBesideTransactions() {
		this.runner.run((context) -> {
			CountDownLatch goOn = new CountDownLatch(1);
			effects(context).then(() -> {
				goOn.await();
				return JobResult.done();
			});
			JobId joined = enqueue(context, "joined");
			JobId serializable = enqueue(context, "serializable");
			JobClient client = context.getBean(JobClient.class);
			// The row of the other one is locked by its own transaction.
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> effects(context).attempts().size() == 2
						&& !client.find(joined).orElseThrow().logLines().isEmpty());
			assertThat(client.find(serializable).orElseThrow().logLines()).isEmpty();
			goOn.countDown();
			for (JobId id : new JobId[] { joined, serializable }) {
				FoundJob job = await(context, id, JobState.SUCCEEDED);
				assertThat(job.logLines()).extracting(LogLine::text).containsExactly("attempt 1");
				assertThat(job.errors()).isEmpty();
			}
			assertThat(effectCount(context)).isEqualTo(2);
		});
	}

	private static Effects effects(ApplicationContext context) {
		return context.getBean(Effects.class);
	}

	private static Integer effectCount(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForObject("select count(*) from effect", Integer.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Effects effects(JdbcTemplate jdbc) {
			jdbc.execute(Effects.TABLE);
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
				return run(context);
			}

			@Transactional(isolation = Isolation.SERIALIZABLE)
			@JobHandler("serializable")
			JobResult serializable(JobContext context) throws Exception {
				return run(context);
			}

			private JobResult run(JobContext context) throws Exception {
				context.log("attempt " + context.attempt());
				context.progress(99);
				context.metadata("attempt", String.valueOf(context.attempt()));
				return this.effects.write(context);
			}

		}

	}

}
