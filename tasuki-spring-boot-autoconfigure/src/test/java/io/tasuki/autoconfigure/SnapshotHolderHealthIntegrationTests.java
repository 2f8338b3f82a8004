package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobClient;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody keeps PostgreSQL from removing dead rows. */
@FaultTest
class SnapshotHolderHealthIntegrationTests {

	private static final int JOBS = 5_000;

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiHealthAutoConfiguration.class))
		.withBean(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	@Test
	@DisplayName("S22: while a session idle in a transaction holds a snapshot, jobs run on, and health names the session")
	void namesTheHolderWhileJobsRunOn() { // B51
		this.application.withPropertyValues("tasuki.health.snapshot-age=1s").run((context) -> {
			TasukiHealthIndicator health = context.getBean(TasukiHealthIndicator.class);
			Handlers handlers = context.getBean(Handlers.class);
			try (Connection report = hold("night report")) {
				int pid = report.unwrap(PGConnection.class).getBackendPID();
				context.getBean(JobClient.class).enqueueAll(Collections.nCopies(JOBS, new Count()));
				await().until(() -> handlers.runs.get() == JOBS);
				await().untilAsserted(() -> assertThat(problems(health.health())).singleElement()
					.asString()
					.contains("pg_terminate_backend(%d)".formatted(pid),
							"Session %d of application 'night report' (idle in transaction)".formatted(pid)));
				System.out.println("Health, snapshot: " + JsonMapper.shared().writeValueAsString(health.health()));
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				assertThat(health.health().getDetails()).extractingByKey("database", InstanceOfAssertFactories.MAP)
					.containsKeys("liveRows", "deadRows", "snapshotHolders");
			}
			await().untilAsserted(() -> assertThat(problems(health.health())).isEmpty());
		});
	}

	@Test
	void warnsOfNoSnapshotThatIsYoungerThanTheThreshold() { // B51
		this.application.run((context) -> {
			TasukiHealthIndicator health = context.getBean(TasukiHealthIndicator.class);
			try (Connection report = hold("night report")) {
				assertThat(report.isClosed()).isFalse();
				await().untilAsserted(() -> assertThat(health.health().getDetails())
					.extractingByKey("database", InstanceOfAssertFactories.MAP)
					.extractingByKey("snapshotHolders")
					.asString()
					.contains("night report"));
				assertThat(problems(health.health())).isEmpty();
			}
		});
	}

	/** Beside others: a listener may take a moment to connect. */
	private static List<String> problems(Health health) {
		List<?> problems = (List<?>) health.getDetails().getOrDefault("problems", List.of());
		return problems.stream().map(Object::toString).filter((text) -> text.contains("check=snapshot")).toList();
	}

	private Connection hold(String application) throws SQLException {
		Connection connection = DriverManager.getConnection(this.database.jdbcUrl(), this.database.username(),
				this.database.password());
		connection.setClientInfo("ApplicationName", application);
		connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("select from tasuki.job");
		}
		return connection;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
	}

	record Count() {
	}

	/** Counts. */
	static class Handlers {

		final AtomicInteger runs = new AtomicInteger();

		@JobHandler
		void count(Count job) {
			this.runs.incrementAndGet();
		}

	}

}
