package io.tasuki.autoconfigure;

import io.tasuki.DatabaseOperations;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.worker.Worker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the worker's health.
 */
@AutoConfiguration(after = TasukiWorkerAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Worker.class)
@ConditionalOnEnabledHealthIndicator("tasuki")
public final class TasukiHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "tasukiHealthIndicator", "tasukiHealthContributor" })
	TasukiHealthIndicator tasukiHealthIndicator(Worker worker, ObjectProvider<DatabaseOperations> database,
			TasukiProperties properties) {
		return new TasukiHealthIndicator(worker::health, database.getIfUnique(), properties.health().snapshotAge());
	}

}
