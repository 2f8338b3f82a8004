package io.tasuki.autoconfigure;

import java.lang.reflect.Proxy;

import io.tasuki.DatabaseOperations;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import io.tasuki.autoconfigure.StorageStubs.StubNotifications;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.OperationsStore;
import io.tasuki.store.QueueSettingsStore;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiOperationsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class))
		.withPropertyValues("tasuki.worker.enabled=false");

	private final ApplicationContextRunner onPostgres = this.runner
		.withBean(JobNotifications.class, StubNotifications::new)
		.withBean(PostgresJobStore.class,
				() -> new PostgresJobStore(new DriverManagerDataSource("jdbc:postgresql://localhost:1/none"), false));

	@Test
	void providesOperationsWhereNoWorkerRuns() { // B49, B50
		this.onPostgres.run((context) -> assertThat(context).hasSingleBean(JobOperations.class)
			.hasSingleBean(QueueOperations.class)
			.hasSingleBean(OperationsStore.class)
			.hasSingleBean(QueueSettingsStore.class));
	}

	@Test
	void providesDatabaseOperationsWhereNoneAreGiven() { // B51
		this.onPostgres.run((context) -> assertThat(context.getBeanNamesForType(DatabaseOperations.class)).hasSize(1));
		DatabaseOperations database = stub(DatabaseOperations.class);
		this.onPostgres.withBean(DatabaseOperations.class, () -> database)
			.run((context) -> assertThat(context.getBean(DatabaseOperations.class)).isSameAs(database));
	}

	@Test
	void backsOffWhereTheApplicationHasItsOwn() { // B49, B50
		JobOperations jobs = stub(JobOperations.class);
		QueueOperations queues = stub(QueueOperations.class);
		this.onPostgres.withBean(JobOperations.class, () -> jobs)
			.withBean(QueueOperations.class, () -> queues)
			.run((context) -> {
				assertThat(context.getBean(JobOperations.class)).isSameAs(jobs);
				assertThat(context.getBean(QueueOperations.class)).isSameAs(queues);
			});
	}

	@Test
	void providesNoneForAForeignStore() {
		this.runner.withUserConfiguration(StorageStubs.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(JobOperations.class)
				.doesNotHaveBean(QueueOperations.class));
	}

	private static <T> T stub(Class<T> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals("hashCode") ? 0 : null));
	}

}
