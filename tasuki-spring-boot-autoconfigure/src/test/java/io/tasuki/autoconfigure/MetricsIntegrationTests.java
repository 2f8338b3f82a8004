package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.metrics.TasukiMeter;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application with a worker and Prometheus shows. */
class MetricsIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiMetricsAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	@Test
	void scrapeHasEveryMeterOfAnApplicationThatRunsJobs() { // B52
		this.application.withBean(Mailer.class).run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			client.enqueue(JobRequest.ofKind("tomorrow").withQueue("mail").withDelay(Duration.ofDays(1)));
			patiently().until(() -> {
				client.enqueue(JobRequest.ofKind("welcome"));
				return !registry.find("tasuki.job.wait").timers().isEmpty()
						&& registry.get("tasuki.job.wait").timer().count() > 0;
			});
			patiently()
				.untilAsserted(() -> assertThat(registry.scrape())
					.contains("tasuki_queue_jobs{queue=\"mail\",state=\"scheduled\"} 1.0",
							"tasuki_queue_oldest_due_seconds{queue=\"mail\"} 0.0",
							"tasuki_jobs_unknown{kind=\"other\",queue=\"mail\"} 0.0",
							"tasuki_slots{state=\"free\"} 16.0", "tasuki_slots{state=\"used\"} 0.0",
							"tasuki_outcomes_unwritten 0.0", "tasuki_listener_connected 1.0")
					.doesNotContainPattern("tasuki_\\w+(\\{.*})? NaN"));
			double enqueued = registry.get("tasuki.jobs.enqueued").tag("kind", "welcome").counter().count();
			patiently().until(() -> registry.get("tasuki.jobs.completed")
				.tags("kind", "welcome", "outcome", "succeeded")
				.counter()
				.count() == enqueued);
			patiently().until(() -> registry.get("tasuki.sweep").timer().count() > 0);
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.contains(Stream.of(TasukiMeter.values()).map(TasukiMeter::meterName).toArray(String[]::new));
		});
	}

	@Test
	void countsEnqueuedJobsThatAreCommitted() { // B52
		this.application.withPropertyValues("tasuki.worker.enabled=false").run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				client.enqueue(JobRequest.ofKind("a"));
				client.enqueueAll(List.of(JobRequest.ofKind("a"), JobRequest.ofKind("b").withQueue("mail")));
				assertThat(enqueued(registry)).isZero();
			});
			assertThat(enqueued(registry)).isEqualTo(3);
			transaction.executeWithoutResult((status) -> {
				client.enqueue(JobRequest.ofKind("a"));
				status.setRollbackOnly();
			});
			assertThat(enqueued(registry)).isEqualTo(3);
			client.enqueueAll(Collections.nCopies(5, JobRequest.ofKind("a").withUniqueKey("k")));
			client.enqueue(JobRequest.ofKind("a").withUniqueKey("k"));
			assertThat(enqueued(registry)).isEqualTo(4);
		});
	}

	@Test
	void countsWhatACallbackEnqueuesAfterTheCommit() {
		this.application.withPropertyValues("tasuki.worker.enabled=false").run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> TransactionSynchronizationManager
					.registerSynchronization(new TransactionSynchronization() {

						@Override
						public void afterCommit() {
							client.enqueue(JobRequest.ofKind("a"));
						}

					}));
			assertThat(enqueued(context.getBean(MeterRegistry.class))).isEqualTo(1);
		});
	}

	private static double enqueued(MeterRegistry registry) {
		return registry.find("tasuki.jobs.enqueued").counters().stream().mapToDouble(Counter::count).sum();
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	static class Mailer {

		@JobHandler("welcome")
		void welcome() {
		}

		@JobHandler(value = "tomorrow", queue = "mail")
		void tomorrow() {
		}

	}

}
