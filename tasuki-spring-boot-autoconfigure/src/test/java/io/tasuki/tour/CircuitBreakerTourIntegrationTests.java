package io.tasuki.tour;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.tasuki.Admission;
import io.tasuki.JobClient;
import io.tasuki.JobGate;
import io.tasuki.JobResult;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.TasukiAutoConfiguration;
import io.tasuki.autoconfigure.TasukiWorkerAutoConfiguration;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** The circuit breaker of {@code docs/limits.md}. */
class CircuitBreakerTourIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class))
		.withUserConfiguration(PaymentsBreaker.class, Provider.class, Payments.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "tasuki.worker.concurrency=2",
				"tasuki.retry.initial-delay=50ms", "tasuki.retry.max-delay=100ms");

	@Test
	@DisplayName("B30: an open circuit breaker lets jobs wait uncharged, and lets them run once it closes")
	void circuitBreaker() {
		this.runner.run((context) -> {
			Provider provider = context.getBean(Provider.class);
			CircuitBreaker breaker = context.getBean(CircuitBreaker.class);
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			provider.down.set(true);
			context.getBean(JobClient.class).enqueueAll(IntStream.range(0, 40).mapToObj(Charge::new).toList());
			await().until(() -> breaker.getState() == CircuitBreaker.State.OPEN);
			await().until(() -> count(jdbc, "select count(*) from tasuki.job where lease_no > 0") == 40);
			assertThat(provider.calls).as("calls of a provider that is down").hasValueLessThan(40);
			provider.down.set(false);
			await().until(() -> count(jdbc, "select count(*) from tasuki.job_archive where outcome = 1") == 40);
			assertThat(count(jdbc, "select count(*) from tasuki.job_archive where errors is null")).as("never charged")
				.isPositive();
			assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
		});
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	private static long count(JdbcTemplate jdbc, String sql) {
		Long count = jdbc.queryForObject(sql, Long.class);
		return (count != null) ? count : -1;
	}

	record Charge(int amount) {
	}

	@Component
	static class Provider {

		final AtomicBoolean down = new AtomicBoolean();

		final AtomicInteger calls = new AtomicInteger();

		void charge(Charge job) {
			this.calls.incrementAndGet();
			if (this.down.get()) {
				throw new IllegalStateException("down: " + job);
			}
		}

	}

	// tag::breaker[]
	@Configuration(proxyBeanMethods = false)
	static class PaymentsBreaker {

		@Bean
		CircuitBreaker payments() {
			return CircuitBreaker.of("payments",
					CircuitBreakerConfig.custom()
						.minimumNumberOfCalls(5)
						.slidingWindowSize(10)
						.waitDurationInOpenState(Duration.ofSeconds(1))
						.permittedNumberOfCallsInHalfOpenState(2)
						.automaticTransitionFromOpenToHalfOpenEnabled(true)
						.build());
		}

		@Bean
		JobGate paymentsGate(CircuitBreaker payments) {
			return (job) -> {
				boolean open = payments.getState() == CircuitBreaker.State.OPEN;
				return (open && job.kind().equals("Charge")) ? Admission.defer(Duration.ofSeconds(1))
						: Admission.grant();
			};
		}

	}

	@Component
	static class Payments {

		private final CircuitBreaker payments;

		private final Provider provider;

		Payments(CircuitBreaker payments, Provider provider) {
			this.payments = payments;
			this.provider = provider;
		}

		@JobHandler
		JobResult charge(Charge job) {
			try {
				this.payments.executeRunnable(() -> this.provider.charge(job));
				return JobResult.done();
			}
			catch (CallNotPermittedException ex) {
				return JobResult.snooze(Duration.ofSeconds(1));
			}
		}

	}
	// end::breaker[]

}
