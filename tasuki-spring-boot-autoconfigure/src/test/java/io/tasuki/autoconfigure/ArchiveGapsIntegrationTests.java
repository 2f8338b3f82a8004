package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.postgres.DatabaseClock;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose database comes to a day that the archive may not be ready for. */
@FaultTest
class ArchiveGapsIntegrationTests {

	private static final int JOBS = 200;

	/** What instances ask for before they do maintenance. */
	private static final long JANITORS_LOCK = 0x7461_7375_6b69_0003L;

	private final Database database = TestPostgres.shared().freshDatabase();

	private final DatabaseClock clock = new DatabaseClock(this.database);

	private final JdbcTemplate jdbc = new JdbcTemplate(
			new DriverManagerDataSource(this.database.jdbcUrl(), this.database.username(), this.database.password()));

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiHealthAutoConfiguration.class))
		.withBean(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.clock.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "tasuki.worker.poll-interval=200ms");

	@Test
	@DisplayName("B48: jobs run on over the end of a year, each archived on the day it finished")
	void archivesAcrossTheYearsEnd() { // B48
		this.jdbc.execute("create table public.ran (job bigint)");
		this.clock.set("2030-12-31 23:58:00+00");
		this.application.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			TasukiHealthIndicator health = context.getBean(TasukiHealthIndicator.class);
			enqueue(client);
			await().until(() -> count("tasuki.job") == 0);
			this.clock.set("2030-12-31 23:59:58+00");
			int enqueued = 2 * JOBS;
			Instant later = Instant.parse("2031-01-01T00:00:01Z");
			while (this.clock.read().isBefore(later)) {
				enqueue(client);
				enqueued += 2 * JOBS;
				await().until(() -> count("tasuki.job") == 0);
			}
			enqueue(client);
			enqueued += 2 * JOBS;
			await().until(() -> count("tasuki.job") == 0);
			assertThat(count("public.ran")).isEqualTo(enqueued);
			assertThat(count("tasuki.job_archive")).isEqualTo(enqueued);
			assertThat(count("tasuki.job_archive_20301231")).isPositive();
			assertThat(count("tasuki.job_archive_20310101")).isPositive();
			assertThat(count("tasuki.job_dead")).isZero();
			assertHealth(health.health(), true);
		});
	}

	@Test
	@DisplayName("S32: jobs that finish while today's partition is missing complete unarchived; the next round of the janitor makes it")
	void completesWithoutTodaysPartitionUntilItIsThereAgain() { // B48
		this.jdbc.execute("create table public.ran (job bigint)");
		JanitorSettings often = new JanitorSettings(true, Duration.ofDays(7), null, Duration.ofMillis(500));
		this.clock.set("2030-12-20 12:00:00+00");
		this.application.withBean(JanitorSettings.class, () -> often).run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			TasukiHealthIndicator health = context.getBean(TasukiHealthIndicator.class);
			enqueue(client);
			await().until(() -> count("tasuki.job") == 0);
			assertThat(count("tasuki.job_archive")).isEqualTo(2 * JOBS);
			try (Connection keeper = keepJanitorsOut()) {
				// Beyond the days that were made ahead.
				this.clock.set("2031-01-05 12:00:00+00");
				enqueue(client);
				EnqueuedJob waiting = client.enqueue(JobRequest.ofKind("plain").withDelay(Duration.ofHours(1)));
				client.cancel(waiting.id());
				await().until(() -> count("tasuki.job") == 0);
				assertThat(keeper.isClosed()).isFalse();
				assertThat(count("public.ran")).isEqualTo(4 * JOBS);
				assertThat(count("tasuki.job_archive")).isEqualTo(2 * JOBS);
				assertThat(count("tasuki.job_dead")).isZero();
				await().untilAsserted(() -> assertHealth(health.health(), false));
			}
			await().until(() -> exists("tasuki.job_archive_20310105"));
			await().untilAsserted(() -> {
				client.enqueue(JobRequest.ofKind("plain"));
				assertHealth(health.health(), true);
			});
			await().until(() -> count("tasuki.job") == 0);
			assertThat(count("tasuki.job_archive_20310105")).isPositive();
		});
	}

	/** As many with a transaction of their own as without. */
	private static void enqueue(JobClient client) {
		List<JobRequest<?>> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			jobs.add(JobRequest.ofKind("plain"));
			jobs.add(JobRequest.ofKind("joined"));
		}
		client.enqueueAll(jobs);
	}

	private Connection keepJanitorsOut() throws SQLException {
		Connection keeper = DriverManager.getConnection(this.database.jdbcUrl(), this.database.username(),
				this.database.password());
		try (Statement statement = keeper.createStatement()) {
			statement.execute("select pg_advisory_lock(%d)".formatted(JANITORS_LOCK));
		}
		return keeper;
	}

	private int count(String table) {
		return this.jdbc.queryForObject("select count(*) from " + table, Integer.class);
	}

	private boolean exists(String table) {
		return this.jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table);
	}

	private static void assertHealth(Health health, boolean archiving) {
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("archiving", archiving);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

	/** Note that they ran. */
	static class Handlers {

		private final JdbcTemplate jdbc;

		Handlers(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@JobHandler("plain")
		void plain() {
			this.jdbc.update("insert into public.ran values (1)");
		}

		@JobHandler("joined")
		@Transactional
		public JobResult joined() {
			this.jdbc.update("insert into public.ran values (2)");
			return JobResult.done();
		}

	}

}
