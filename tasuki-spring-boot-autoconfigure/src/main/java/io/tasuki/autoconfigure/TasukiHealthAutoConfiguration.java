package io.tasuki.autoconfigure;

import io.tasuki.DatabaseOperations;
import io.tasuki.actuate.HealthSettings;
import io.tasuki.actuate.HealthSources;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.worker.QueueLook;
import io.tasuki.worker.UnknownKinds;
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
			ObjectProvider<QueueLook> queues, ObjectProvider<UnknownKinds> unknownKinds, TasukiProperties properties) {
		HealthSources sources = HealthSources.of(worker);
		DatabaseOperations operations = database.getIfUnique();
		if (operations != null) {
			sources = sources.withDatabase(operations::inspect);
		}
		QueueLook look = queues.getIfUnique();
		if (look != null) {
			sources = sources.withQueues(look::find);
		}
		UnknownKinds unknown = unknownKinds.getIfUnique();
		if (unknown != null) {
			sources = sources.withUnknownKinds(unknown::find);
		}
		return new TasukiHealthIndicator(sources, settings(properties));
	}

	private static HealthSettings settings(TasukiProperties properties) {
		TasukiProperties.Health health = properties.health();
		return new HealthSettings(properties.worker().listen(), health.dueAge(), health.queueDueAge(),
				health.snapshotAge());
	}

}
