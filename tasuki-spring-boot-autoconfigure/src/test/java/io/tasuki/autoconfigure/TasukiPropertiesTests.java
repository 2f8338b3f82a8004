package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.tasuki.BackoffType;
import io.tasuki.RetentionMode;
import io.tasuki.autoconfigure.TasukiProperties.CheckPayloads;
import io.tasuki.autoconfigure.TasukiProperties.SchemaInitialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(EnableProperties.class);

	@Test
	void hasDefaults() {
		this.runner.run((context) -> {
			TasukiProperties properties = context.getBean(TasukiProperties.class);
			assertThat(properties.enabled()).isTrue();
			assertThat(properties.worker()).isEqualTo(new TasukiProperties.Worker(true, 16, Duration.ofSeconds(30),
					Duration.ofSeconds(1), Duration.ofSeconds(20), 3, null, true, CheckPayloads.OFF, null));
			assertThat(properties.queues()).isEmpty();
			assertThat(properties.retry()).isEqualTo(new TasukiProperties.Retry(20, BackoffType.EXPONENTIAL,
					Duration.ofSeconds(5), null, 2, 2, Duration.ofHours(1), 0.2));
			assertThat(properties.retention())
				.isEqualTo(new TasukiProperties.Retention(true, Duration.ofDays(7), null));
			assertThat(properties.client())
				.isEqualTo(new TasukiProperties.Client(DataSize.ofMegabytes(4), false, false));
			assertThat(properties.jdbc()).isEqualTo(new TasukiProperties.Jdbc(SchemaInitialization.ALWAYS,
					Duration.ofSeconds(5), Duration.ofSeconds(30)));
			assertThat(properties.health())
				.isEqualTo(new TasukiProperties.Health(Duration.ofMinutes(5), Map.of(), Duration.ofMinutes(5)));
		});
	}

	@Test
	void bindsValues() {
		this.runner
			.withPropertyValues("tasuki.worker.concurrency=4", "tasuki.worker.listen=false",
					"tasuki.queues.mail.concurrency=2", "tasuki.queues.sms.rate-limit=10/m",
					"tasuki.queues[my queue/1].concurrency=3", "tasuki.queues[my queue/1].executor=three",
					"tasuki.retention.dead=90d", "tasuki.jdbc.initialize-schema=never",
					"tasuki.client.max-payload-size=1KB", "tasuki.worker.name=shop one",
					"tasuki.health.queue-due-age[my queue/1]=8h")
			.run((context) -> {
				TasukiProperties properties = context.getBean(TasukiProperties.class);
				assertThat(properties.worker().concurrency()).isEqualTo(4);
				assertThat(properties.worker().listen()).isFalse();
				assertThat(properties.worker().name()).isEqualTo("shop one");
				assertThat(properties.queues()).containsOnlyKeys("mail", "my queue/1", "sms")
					.containsEntry("mail", new TasukiProperties.Queue(2, null, null, null, RetentionMode.ALL))
					.containsEntry("sms", new TasukiProperties.Queue(null, "10/m", null, null, RetentionMode.ALL))
					.containsEntry("my queue/1", new TasukiProperties.Queue(3, null, "three", null, RetentionMode.ALL));
				assertThat(properties.health().queueDueAge()).isEqualTo(Map.of("my queue/1", Duration.ofHours(8)));
				assertThat(properties.retention().dead()).isEqualTo(Duration.ofDays(90));
				assertThat(properties.jdbc().initializeSchema()).isEqualTo(SchemaInitialization.NEVER);
				assertThat(properties.client().maxPayloadSize()).isEqualTo(DataSize.ofKilobytes(1));
			});
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			tasuki.worker.concurrency,             -1,   at least 1
			tasuki.worker.lease-duration,          10ms, at least 1s
			tasuki.worker.poll-interval,           0,    at least 0.001s
			tasuki.worker.shutdown-timeout,        -1s,  at least 0s
			tasuki.worker.max-crashes,             0,    at least 1
			tasuki.worker.handler-timeout,         0s,   at least 0.001s
			tasuki.worker.name,                    '',   must not be blank
			tasuki.queues.mail.concurrency,        0,    at least 1
			tasuki.queues.mail.rate-limit,         fast, must look like 100/s
			tasuki.queues.mail.rate-limit,         0/s,  from 1 to 100000
			tasuki.queues.mail.rate-limit,         1/2d, from 1ms to 1d
			tasuki.retry.max-attempts,             0,    between 1 and 32767
			tasuki.retry.initial-delay,            -1s,  at least 0s
			tasuki.retry.multiplier,               0.5,  at least 1.0
			tasuki.retry.max-delay,                1s,   at least 5s
			tasuki.retry.jitter,                   1.5,  between 0.0 and 1.0
			tasuki.retry.increment,                -1s,  at least 0s
			tasuki.retry.exponent,                 -1,   at least 0.0
			tasuki.retry.max-delay,      9000000h, at most 8760000h
			tasuki.retry.initial-delay,  9000000h, at most 8760000h
			tasuki.queues.mail.backoff.initial-delay, -1s, at least 0s
			tasuki.queues.mail.backoff.increment,  -1s,  at least 0s
			tasuki.queues.mail.backoff.multiplier, 0,    at least 1.0
			tasuki.queues.mail.backoff.exponent,   -2,   at least 0.0
			tasuki.queues.mail.backoff.max-delay,  1s,   at least 5s
			tasuki.queues.mail.backoff.jitter,     2,    between 0.0 and 1.0
			tasuki.retention.archived,             1h,   at least 24h
			tasuki.retention.dead,                 0s,   at least 0.001s
			tasuki.health.snapshot-age,            -1s,  at least 0.001s
			tasuki.health.due-age,                 0s,   at least 0.001s
			tasuki.health.queue-due-age.mail,      0s,   at least 0.001s
			tasuki.client.max-payload-size,        0B,   at least 1B
			tasuki.jdbc.connect-timeout,           0s,   at least 1s
			tasuki.jdbc.socket-timeout,            0s,   at least 1s
			""")
	void refusesValueAndNamesProperty(String property, String value, String reason) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).contains(reason);
				}));
	}

	@Test
	void refusesUnknownTypeOfBackoff() { // B39
		this.runner.withPropertyValues("tasuki.queues.mail.backoff.type=quadratic")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("tasuki.queues.mail.backoff.type")
				.hasStackTraceContaining("quadratic"));
	}

	@Test
	void refusesBlankQueueName() {
		refusesQueue(" ", "must not be blank");
	}

	@Test
	void refusesOverlongQueueName() {
		refusesQueue("q".repeat(129), "at most 128 characters");
	}

	@Test
	void refusesAnAgeOfAQueueThatCannotBe() {
		this.runner.withPropertyValues("tasuki.health.queue-due-age[ ]=1h")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("tasuki.health.queue-due-age")));
	}

	private void refusesQueue(String name, String reason) {
		this.runner.withPropertyValues("tasuki.queues[%s].concurrency=1".formatted(name))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("tasuki.queues");
					assertThat(ex.getValue()).isEqualTo(name);
					assertThat(ex.getReason()).contains(reason);
				}));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(TasukiProperties.class)
	static class EnableProperties {

	}

}
