package io.tasuki.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.tasuki.metrics.QueueMetrics;
import io.tasuki.metrics.SlotMetrics;
import io.tasuki.metrics.WorkerMetrics;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the worker's meters.
 */
@AutoConfiguration(after = TasukiWorkerAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "tasuki.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "tasuki.worker.enabled", matchIfMissing = true)
public final class TasukiMetricsAutoConfiguration {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	@Bean
	@ConditionalOnMissingBean
	WorkerMetrics tasukiWorkerMetrics(MeterRegistry registry) {
		return new WorkerMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Worker.class)
	SlotMetrics tasukiSlotMetrics(Worker worker) {
		return new SlotMetrics(worker::health);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ Worker.class, UnknownKinds.class })
	QueueMetrics tasukiQueueMetrics(Worker worker, UnknownKinds unknownKinds) {
		return new QueueMetrics(worker::queues, unknownKinds::find, INTERVAL);
	}

}
