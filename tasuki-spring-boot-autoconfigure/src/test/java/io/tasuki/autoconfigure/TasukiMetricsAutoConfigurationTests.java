package io.tasuki.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.DatabaseOperations;
import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.metrics.DatabaseMetrics;
import io.tasuki.metrics.EnqueueMetrics;
import io.tasuki.metrics.QueueMetrics;
import io.tasuki.metrics.SlotMetrics;
import io.tasuki.metrics.UnknownKindMetrics;
import io.tasuki.metrics.WorkerMetrics;
import io.tasuki.worker.WorkerListener;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiMetricsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiMetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void listensToWorker() {
		this.runner
			.run((context) -> assertThat(context.getBean(WorkerListener.class)).isInstanceOf(WorkerMetrics.class));
	}

	@Test
	void showsSlotsAndQueuesWhereAWorkerRuns() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(SlotMetrics.class)
			.doesNotHaveBean(QueueMetrics.class));
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.run((context) -> assertThat(context).hasSingleBean(SlotMetrics.class)
				.hasSingleBean(QueueMetrics.class)
				.hasSingleBean(UnknownKindMetrics.class)
				.doesNotHaveBean(DatabaseMetrics.class));
	}

	@Test
	void showsTheDatabaseThatItLooksAtOnlyWhenAsked() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withBean(DatabaseOperations.class, () -> {
				throw new IllegalStateException("somebody has looked");
			}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context).hasSingleBean(DatabaseMetrics.class));
	}

	@Test
	void countsWhatAnInstanceWithoutAWorkerEnqueues() { // B52
		this.runner.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> {
				assertThat(context).hasSingleBean(EnqueueMetrics.class).doesNotHaveBean(WorkerMetrics.class);
				context.getBean(JobClient.class).enqueue(JobRequest.ofKind("welcome"));
				assertThat(context.getBean(MeterRegistry.class).get("tasuki.jobs.enqueued").counter().count())
					.isEqualTo(1);
			});
	}

	@Test
	void stepsBackForUsersMetrics() {
		this.runner.withBean("usersMetrics", WorkerMetrics.class, () -> new WorkerMetrics(new SimpleMeterRegistry()))
			.run((context) -> assertThat(context.getBeansOfType(WorkerMetrics.class)).containsOnlyKeys("usersMetrics"));
	}

	@Test
	void stepsBackForUsersMetricsOfEnqueues() {
		this.runner.withBean("usersMetrics", EnqueueMetrics.class, () -> new EnqueueMetrics(new SimpleMeterRegistry()))
			.run((context) -> assertThat(context.getBeansOfType(EnqueueMetrics.class))
				.containsOnlyKeys("usersMetrics"));
	}

	@Test
	void isAbsentWithoutRegistry() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TasukiMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(WorkerMetrics.class)
				.doesNotHaveBean(EnqueueMetrics.class));
	}

	@Test
	void isAbsentWhereNoWorkerRuns() {
		this.runner.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkerMetrics.class));
		this.runner.withPropertyValues("tasuki.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkerMetrics.class)
				.doesNotHaveBean(EnqueueMetrics.class));
	}

	@Test
	void isAbsentWithoutMicrometer() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TasukiMetricsAutoConfiguration.class,
					TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("tasukiWorkerMetrics"));
	}

}
