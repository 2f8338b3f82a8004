package io.tasuki.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.tasuki.DatabaseOperations;
import io.tasuki.metrics.DatabaseMetrics;
import io.tasuki.metrics.EnqueueMetrics;
import io.tasuki.metrics.QueueMetrics;
import io.tasuki.metrics.SlotMetrics;
import io.tasuki.metrics.UnknownKindMetrics;
import io.tasuki.metrics.WorkerMetrics;
import io.tasuki.worker.QueueLook;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters: what is enqueued, and where a worker runs, what it
 * does and what there is in its queues and its database.
 */
@AutoConfiguration(after = { TasukiWorkerAutoConfiguration.class, TasukiOperationsAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "tasuki.enabled", matchIfMissing = true)
public final class TasukiMetricsAutoConfiguration {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	@Bean
	@ConditionalOnMissingBean
	EnqueueMetrics tasukiEnqueueMetrics(MeterRegistry registry) {
		return new EnqueueMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "tasuki.worker.enabled", matchIfMissing = true)
	WorkerMetrics tasukiWorkerMetrics(MeterRegistry registry) {
		return new WorkerMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(Worker.class)
	SlotMetrics tasukiSlotMetrics(Worker worker) {
		return new SlotMetrics(worker::health, worker::load);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ Worker.class, UnknownKinds.class })
	UnknownKindMetrics tasukiUnknownKindMetrics(Worker worker, UnknownKinds unknownKinds) {
		return new UnknownKindMetrics(worker::queues, unknownKinds::find, INTERVAL);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ Worker.class, QueueLook.class })
	QueueMetrics tasukiQueueMetrics(Worker worker, QueueLook look) {
		return new QueueMetrics(worker::queues, (queues) -> look.depths(), INTERVAL);
	}

	// One worker sees the database for all that only enqueue, and without a look nobody
	// needs the lazy bean.
	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ Worker.class, DatabaseOperations.class })
	DatabaseMetrics tasukiDatabaseMetrics(ObjectProvider<DatabaseOperations> database) {
		return new DatabaseMetrics(() -> database.getObject().inspect(), INTERVAL);
	}

}
