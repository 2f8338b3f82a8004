package io.tasuki.autoconfigure;

import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiHealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiHealthAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class, HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class);

	@Test
	void contributesUnderTheNameTasuki() {
		this.runner.run((context) -> {
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("tasuki"))
				.isSameAs(context.getBean(TasukiHealthIndicator.class));
			assertThat(context.getBean(TasukiHealthIndicator.class).health().getDetails()).containsKey("running");
		});
	}

	@Test
	void stepsBackForUsersIndicator() {
		this.runner.withBean("tasukiHealthIndicator", HealthIndicator.class, () -> () -> Health.up().build())
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiHealthIndicator.class));
	}

	@Test
	void isAbsentWhenDisabled() {
		this.runner.withPropertyValues("management.health.tasuki.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiHealthIndicator.class));
	}

	@Test
	void isAbsentWhereNoWorkerRuns() {
		this.runner.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiHealthIndicator.class));
	}

	@Test
	void isAbsentWithoutHealthModule() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TasukiHealthAutoConfiguration.class, TasukiAutoConfiguration.class,
					TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Worker.class)
				.doesNotHaveBean("tasukiHealthIndicator"));
	}

}
