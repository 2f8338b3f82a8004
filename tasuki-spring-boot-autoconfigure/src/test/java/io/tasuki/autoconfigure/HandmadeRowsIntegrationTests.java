package io.tasuki.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPageRequest;
import io.tasuki.JobReason;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Rows that somebody wrote past {@code tasuki.enqueue}, as it should not be done. */
@Timeout(120)
class HandmadeRowsIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class))
		.withBean(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "tasuki.worker.poll-interval=200ms",
				"tasuki.retry.initial-delay=1h");

	@ParameterizedTest
	@CsvSource({ "priority = 10", "priority = -1", "lock_owner = 4711", "lease_expires_at = now()" })
	@DisplayName("S27: the database refuses a row that no worker would ever claim")
	void refusesWhatNobodyWouldClaim(String change) {
		this.application.withPropertyValues("tasuki.worker.enabled=false").run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			insert(jdbc, "kind", "'work'");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> jdbc.update("update tasuki.job set " + change))
				.withMessageMatching("(?s).*(job_priority_range|job_lease_is_whole).*");
		});
	}

	@Test
	@DisplayName("S27: numbers that make no sense keep no job from running or from ending")
	void runsJobsWithOddNumbers() {
		this.application.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			List<JobId> work = new ArrayList<>();
			List<JobId> broken = new ArrayList<>();
			for (String odd : List.of("max_attempts, 0", "max_attempts, -1", "attempt, -5", "crashes, -1",
					"progress, 300")) {
				String[] column = odd.split(", ");
				work.add(insert(jdbc, "kind, " + column[0], "'work', " + column[1]));
				broken.add(insert(jdbc, "kind, " + column[0], "'broken', " + column[1]));
			}
			work.forEach((id) -> await(context, id, JobState.SUCCEEDED));
			await(context, broken.get(0), JobState.DEAD);
			await(context, broken.get(1), JobState.DEAD);
			broken.subList(2, broken.size()).forEach((id) -> awaitRetryIsScheduled(context, id));
		});
	}

	@Test
	@DisplayName("S27: names that no handler and no queue can have hold nobody up, can be seen and can be cancelled")
	void showsJobsWithOddNames() {
		this.application.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			Set<JobId> odd = Set.of(insert(jdbc, "kind", "''"), insert(jdbc, "kind", "repeat('k', 5000)"),
					insert(jdbc, "kind, queue", "'work', ''"), insert(jdbc, "kind, queue", "'work', repeat('q', 1000)"),
					insert(jdbc, "kind", "E'\\x1f'"));
			await(context, insert(jdbc, "kind", "'work'"), JobState.SUCCEEDED);
			JobOperations operations = context.getBean(JobOperations.class);
			assertThat(operations.list(JobFilter.live(), JobPageRequest.ofSize(100)).items()).extracting(JobSummary::id)
				.containsExactlyInAnyOrderElementsOf(odd);
			assertThat(operations.counts()).hasSize(3);
			odd.forEach((id) -> {
				assertThat(operations.explain(id).decisive()).isInstanceOf(JobReason.NoWorker.class);
				context.getBean(JobClient.class).cancel(id);
				assertThat(find(context, id).state()).isEqualTo(JobState.CANCELLED);
			});
		});
	}

	private static JobId insert(JdbcTemplate jdbc, String columns, String values) {
		Long id = jdbc.queryForObject("insert into tasuki.job (%s) values (%s) returning id".formatted(columns, values),
				Long.class);
		return new JobId(id);
	}

	private static void await(ApplicationContext context, JobId id, JobState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> find(context, id).state() == state);
	}

	private static void awaitRetryIsScheduled(ApplicationContext context, JobId id) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> find(context, id).job().runAt().isAfter(Instant.now().plusSeconds(10)));
	}

	private static FoundJob find(ApplicationContext context, JobId id) {
		return context.getBean(JobClient.class).find(id).orElseThrow();
	}

	static class Handlers {

		@JobHandler("work")
		void work() {
		}

		@JobHandler("broken")
		void fail() {
			throw new IllegalStateException("out of paper");
		}

	}

}
