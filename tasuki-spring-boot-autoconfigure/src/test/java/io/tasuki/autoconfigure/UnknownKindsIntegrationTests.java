package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.actuate.TasukiEndpoint;
import io.tasuki.actuate.TasukiEndpoint.QueueDescriptor;
import io.tasuki.actuate.TasukiEndpoint.UnknownKindDescriptor;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class UnknownKindsIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiMetricsAutoConfiguration.class, TasukiEndpointAutoConfiguration.class,
				EndpointAutoConfiguration.class, MetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(),
				"management.endpoints.web.exposure.include=tasuki");

	@Test
	@DisplayName("S11: unknown kinds wait untouched, and are shown by endpoint and metric")
	void unknownKindsWaitUntouchedAndAreShown() {
		this.runner.withBean(Mailer.class).run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId newer = client.enqueue(JobRequest.of("newer", "a").withQueue("mail")).id();
			client.enqueue(JobRequest.of("newer", "b").withQueue("mail"));
			client.enqueue(JobRequest.of("older", "c"));
			client.enqueue(JobRequest.of("later", "d").withDelay(Duration.ofHours(1)));
			client.enqueue(JobRequest.of("welcome", "e"));
			assertThat(context.getBean(Mailer.class).welcomed.await(60, TimeUnit.SECONDS)).isTrue();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			patiently().untilAsserted(() -> assertThat(unknown(registry, "mail", "newer")).isEqualTo(2.0));
			assertThat(unknown(registry, "default", "older")).isEqualTo(1.0);
			assertThat(unknown(registry, "default", "later")).isNull();
			assertThat(unknown(registry, "default", "other")).isEqualTo(0.0);
			assertShown(context.getBean(TasukiEndpoint.class).tasuki().queues());
			assertThat(client.find(newer)).hasValueSatisfying((found) -> {
				assertThat(found.state()).isEqualTo(JobState.AVAILABLE);
				assertThat(found.job().attempt()).isZero();
			});
			assertThat(context.getBean(JdbcTemplate.class)
				.queryForObject("select count(*) from tasuki.job where lease_no = 0 and run_at <= now()", Long.class))
				.isEqualTo(3);
		});
	}

	private static void assertShown(@Nullable Map<String, QueueDescriptor> queues) {
		assertThat(queues).containsOnlyKeys("default", "mail");
		assertThat(queues.get("mail").unknownKinds()).singleElement().satisfies((unknown) -> {
			assertThat(unknown.kind()).isEqualTo("newer");
			assertThat(unknown.jobs()).isEqualTo(2);
			assertThat(unknown.dueFor()).isPositive();
		});
		assertThat(queues.get("default").unknownKinds()).extracting(UnknownKindDescriptor::kind)
			.containsExactly("older");
	}

	private static @Nullable Double unknown(MeterRegistry registry, String queue, String kind) {
		registry.find("tasuki.jobs.unknown").gauges().forEach(Gauge::value);
		Gauge gauge = registry.find("tasuki.jobs.unknown").tags("queue", queue, "kind", kind).gauge();
		return (gauge != null) ? gauge.value() : null;
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	static class Mailer {

		private final CountDownLatch welcomed = new CountDownLatch(1);

		@JobHandler("welcome")
		void welcome(String name) {
			this.welcomed.countDown();
		}

		@JobHandler(value = "send", queue = "mail")
		void send(String text) {
		}

	}

}
