package io.tasuki.tour;

import java.util.function.Consumer;

import io.tasuki.autoconfigure.TasukiAutoConfiguration;
import io.tasuki.autoconfigure.TasukiOperationsAutoConfiguration;
import io.tasuki.autoconfigure.TasukiWorkerAutoConfiguration;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application as a reader of the tour has it: Spring Boot, a PostgreSQL, the starter.
 */
final class TourApplication {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, ValidationAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	/**
	 * Starts an application with these beans, and stops it in the end.
	 */
	void run(Class<?> configuration, Consumer<AssertableApplicationContext> test, String... properties) {
		this.runner.withUserConfiguration(configuration).withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

}
