package io.tasuki.autoconfigure;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.JobClient;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.PostgresMaintenanceStore;
import io.tasuki.postgres.SchemaInitializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose role may use the tables and create none. */
@FaultTest
@ExtendWith(OutputCaptureExtension.class)
class RestrictedRoleIntegrationTests {

	private static final int JOBS = 50;

	private final Database database = TestPostgres.shared().freshDatabase();

	private final DriverManagerDataSource owners = new DriverManagerDataSource(this.database.jdbcUrl(),
			this.database.username(), this.database.password());

	private final JdbcTemplate owner = new JdbcTemplate(this.owners);

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class, TasukiHealthAutoConfiguration.class))
		.withBean(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(), "spring.datasource.username=restricted",
				"spring.datasource.password=restricted", "tasuki.worker.poll-interval=200ms");

	@Test
	@DisplayName("S32: a day without a partition, a role that may make none: jobs complete unarchived, and health says so")
	void completesWithoutArchiveRowsWhereTheRoleMayNotMakeThePartition(CapturedOutput output) {
		new SchemaInitializer(this.owners).initialize();
		dropPartitions();
		this.owner.execute("create role restricted login password 'restricted'");
		try {
			this.owner.execute("grant usage on schema tasuki to restricted");
			this.owner.execute("grant select, insert, update, delete on all tables in schema tasuki to restricted");
			this.owner.execute("grant usage on all sequences in schema tasuki to restricted");
			this.application.run((context) -> {
				JobClient client = context.getBean(JobClient.class);
				TasukiHealthIndicator health = context.getBean(TasukiHealthIndicator.class);
				client.enqueueAll(jobs());
				await().until(() -> count("job") == 0);
				assertThat(count("job_archive")).isZero();
				assertThat(count("job_dead")).isZero();
				await().untilAsserted(() -> assertHealthy(health.health(), false));
				assertThat(health.health().getDetails().get("problems")).asString().contains("check=archive");
				System.out.println("Health, archive: " + JsonMapper.shared().writeValueAsString(health.health()));
				await().until(() -> output.getOut().contains("The janitor could not make the archive partition"));
				makePartitions();
				await().untilAsserted(() -> {
					client.enqueue(new Count());
					assertHealthy(health.health(), true);
				});
				await().until(() -> count("job") == 0);
				assertThat(count("job_archive")).isPositive();
			});
		}
		finally {
			this.owner.execute("drop owned by restricted");
			this.owner.execute("drop role restricted");
		}
	}

	private static List<Count> jobs() {
		List<Count> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			jobs.add(new Count());
		}
		return jobs;
	}

	private void dropPartitions() {
		List<String> partitions = this.owner.queryForList(
				"select inhrelid::regclass::text from pg_inherits where inhparent = 'tasuki.job_archive'::regclass",
				String.class);
		assertThat(partitions).isNotEmpty();
		partitions.forEach((partition) -> this.owner.execute("drop table " + partition));
	}

	private void makePartitions() {
		PostgresMaintenanceStore store = new PostgresMaintenanceStore(this.owners);
		for (LocalDate day : store.missingArchiveDays(1)) {
			store.addArchiveDay(day);
		}
	}

	private int count(String table) {
		return this.owner.queryForObject("select count(*)::integer from tasuki." + table, Integer.class);
	}

	private static void assertHealthy(Health health, boolean archiving) {
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("archiving", archiving);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

	record Count() {
	}

	/** Has nothing to do. */
	static class Handlers {

		@JobHandler
		void count(Count job) {
		}

	}

}
