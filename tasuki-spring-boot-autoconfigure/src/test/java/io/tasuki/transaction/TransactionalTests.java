package io.tasuki.transaction;

import java.time.Duration;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.autoconfigure.TasukiAutoConfiguration;
import io.tasuki.autoconfigure.TasukiWorkerAutoConfiguration;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application with transactions and a worker, on a database of its own.
 */
abstract class TransactionalTests {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	final Database database = TestPostgres.shared().freshDatabase();

	ApplicationContextRunner runner(Class<?> handlers, String... properties) {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(handlers)
			.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
					"spring.datasource.username=" + this.database.username(),
					"spring.datasource.password=" + this.database.password())
			.withPropertyValues(properties);
	}

	static JobId enqueue(ApplicationContext context, String kind) {
		return context.getBean(JobClient.class).enqueue(JobRequest.ofKind(kind)).id();
	}

	static FoundJob await(ApplicationContext context, JobId id, JobState state) {
		JobClient client = context.getBean(JobClient.class);
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(client.find(id))
				.hasValueSatisfying((found) -> assertThat(found.state()).isEqualTo(state)));
		return client.find(id).orElseThrow();
	}

}
