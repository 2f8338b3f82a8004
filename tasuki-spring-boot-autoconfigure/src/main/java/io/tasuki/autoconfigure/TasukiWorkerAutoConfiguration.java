package io.tasuki.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.tasuki.Backoff;
import io.tasuki.JobGate;
import io.tasuki.JobListener;
import io.tasuki.RateLimit;
import io.tasuki.autoconfigure.TasukiProperties.Retention;
import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.postgres.PostgresJobSample;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.PostgresMaintenanceStore;
import io.tasuki.postgres.PostgresQueueInspection;
import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobSample;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.MaintenanceStore;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerStores;
import io.tasuki.transaction.TransactionalHandlers;
import io.tasuki.worker.ExecutionRules;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.JobListeners;
import io.tasuki.worker.QueueLook;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.WaitingPayloads;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerListener;
import io.tasuki.worker.WorkerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the worker, in application instances that run jobs.
 */
@AutoConfiguration(after = TasukiAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "tasuki.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "tasuki.worker.enabled", matchIfMissing = true)
@Import(HandlerExecutorConfiguration.class)
public final class TasukiWorkerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WorkerSettings tasukiWorkerSettings(TasukiProperties properties, ObjectProvider<Backoff> backoff) {
		TasukiProperties.Worker worker = properties.worker();
		return new WorkerSettings(worker.concurrency(), queueConcurrency(properties), worker.leaseDuration(),
				worker.pollInterval(), worker.shutdownTimeout(), worker.maxCrashes(), properties.retry().maxAttempts(),
				backoff.getIfUnique(() -> ConfiguredBackoffs.ofAll(properties)),
				ConfiguredBackoffs.ofQueues(properties), properties.queueRetention(), worker.handlerTimeout());
	}

	private static Map<String, Integer> queueConcurrency(TasukiProperties properties) {
		Map<String, Integer> queueConcurrency = new LinkedHashMap<>();
		// One that has no limit of its own is named here too, so that it is polled.
		properties.queues()
			.forEach((name, queue) -> queueConcurrency.put(name,
					Objects.requireNonNullElse(queue.concurrency(), properties.worker().concurrency())));
		return queueConcurrency;
	}

	@Bean
	@ConditionalOnMissingBean
	WorkerStores tasukiWorkerStores(TasukiDataSources dataSources, TasukiSchema schema, TasukiProperties properties) {
		return new PostgresWorkerStores(dataSources.engine(), properties.retention().archive(),
				workerName(properties.worker().name()));
	}

	private static WorkerName workerName(@Nullable String name) {
		return (name != null) ? new WorkerName(name) : WorkerName.ofThisProcess();
	}

	@Bean
	@ConditionalOnBean(PostgresJobStore.class)
	@ConditionalOnMissingBean
	JoinedCompletionStore tasukiJoinedCompletionStore(PostgresJobStore store, TasukiProperties properties) {
		return store.joinedCompletions(properties.worker().leaseDuration());
	}

	@Bean
	@ConditionalOnBean(JoinedCompletionStore.class)
	@ConditionalOnMissingBean
	TransactionalHandlers tasukiTransactionalHandlers(BeanFactory beanFactory, JoinedCompletionStore completions) {
		return new TransactionalHandlers(beanFactory, completions);
	}

	@Bean
	@ConditionalOnBean(JobListener.class)
	@ConditionalOnMissingBean
	JobListeners tasukiJobListeners(ObjectProvider<JobListener> listeners) {
		return new JobListeners(listeners.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ExecutionRules tasukiExecutionRules(TasukiProperties properties, ObjectProvider<JobGate> gates,
			BeanFactory beanFactory) {
		return new ExecutionRules(gates.orderedStream().toList(), queueRates(properties), queueExecutors(properties),
				(name) -> beanFactory.getBean(name, Executor.class));
	}

	private static Map<String, RateLimit> queueRates(TasukiProperties properties) {
		Map<String, RateLimit> queueRates = new LinkedHashMap<>();
		properties.queues().forEach((name, queue) -> {
			if (queue.rateLimit() != null) {
				queueRates.put(name, RateLimit.of(queue.rateLimit()));
			}
		});
		return queueRates;
	}

	private static Map<String, String> queueExecutors(TasukiProperties properties) {
		Map<String, String> queueExecutors = new LinkedHashMap<>();
		properties.queues().forEach((name, queue) -> {
			if (StringUtils.hasText(queue.executor())) {
				queueExecutors.put(name, queue.executor());
			}
		});
		return queueExecutors;
	}

	@Bean
	@ConditionalOnMissingBean
	Worker tasukiWorker(WorkerSettings settings, HandlerRegistry registry, WorkerStores stores,
			JobNotifications notifications, ObjectProvider<WorkerListener> listeners,
			@Qualifier(HandlerExecutorConfiguration.BEAN_NAME) Executor executor, ExecutionRules rules) {
		return new Worker(settings, registry, stores, notifications, listeners.orderedStream().toList(), executor,
				rules);
	}

	@Bean
	@ConditionalOnMissingBean
	QueueInspection tasukiQueueInspection(TasukiDataSources dataSources, TasukiSchema schema) {
		return new PostgresQueueInspection(dataSources.engine());
	}

	@Bean
	@ConditionalOnMissingBean
	QueueLook tasukiQueueLook(QueueInspection inspection, Worker worker) {
		return new QueueLook(inspection, worker);
	}

	@Bean
	@ConditionalOnMissingBean
	UnknownKinds tasukiUnknownKinds(QueueInspection inspection, Worker worker, HandlerRegistry registry) {
		return new UnknownKinds(inspection, worker, registry);
	}

	@Bean
	@ConditionalOnMissingBean
	JobSample tasukiJobSample(TasukiDataSources dataSources, TasukiSchema schema) {
		return new PostgresJobSample(dataSources.engine());
	}

	@Bean
	@ConditionalOnMissingBean
	MaintenanceStore tasukiMaintenanceStore(TasukiDataSources dataSources, TasukiSchema schema) {
		return new PostgresMaintenanceStore(dataSources.engine());
	}

	@Bean
	@ConditionalOnMissingBean
	JanitorSettings tasukiJanitorSettings(TasukiProperties properties) {
		Retention retention = properties.retention();
		return new JanitorSettings(retention.archive(), retention.archived(), retention.dead(),
				JanitorSettings.DEFAULT_INTERVAL);
	}

	@Bean
	@ConditionalOnMissingBean
	Janitor tasukiJanitor(MaintenanceStore store, JanitorSettings settings) {
		return new Janitor(store, settings);
	}

	@Bean
	PayloadStartCheck tasukiPayloadStartCheck(TasukiProperties properties, JobSample sample, HandlerRegistry registry,
			Worker worker) {
		return new PayloadStartCheck(properties.worker().checkPayloads(),
				new WaitingPayloads(sample, registry, worker::queues));
	}

	@Bean
	WorkerLifecycle tasukiWorkerLifecycle(Worker worker, Janitor janitor, PayloadStartCheck payloadCheck,
			WorkerSettings settings, ObjectProvider<LifecycleProperties> spring) {
		spring.ifAvailable((lifecycle) -> ShutdownTimeouts.warnIfLonger(settings.shutdownTimeout(),
				lifecycle.getTimeoutPerShutdownPhase()));
		return new WorkerLifecycle(worker, janitor, payloadCheck);
	}

}
