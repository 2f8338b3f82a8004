package io.tasuki.autoconfigure;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.tasuki.Cancellation;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
import io.tasuki.annotation.JobHandler;
import io.tasuki.annotation.JobHandlerMethodProcessor;
import io.tasuki.autoconfigure.StorageStubs.StubJobStore;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.store.JobStore;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.Worker;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TasukiAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				JacksonAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class);

	@Test
	void providesClientAndFindsHandlers() {
		this.runner.withUserConfiguration(Mailer.class).run((context) -> {
			assertThat(context).hasSingleBean(JobClient.class)
				.hasSingleBean(JobHandlerMethodProcessor.class)
				.hasSingleBean(Worker.class);
			assertThat(context.getBean(PayloadSerializer.class)).isInstanceOf(JacksonPayloadSerializer.class);
			assertThat(context.getBean(HandlerRegistry.class).find("Welcome")).isPresent();
		});
	}

	@Test
	void configuresNothingWhenDisabled() {
		this.runner.withPropertyValues("tasuki.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(JobClient.class)
				.doesNotHaveBean(HandlerRegistry.class)
				.doesNotHaveBean(JobHandlerMethodProcessor.class)
				.doesNotHaveBean(TasukiProperties.class)
				.doesNotHaveBean(Worker.class));
	}

	@Test
	void knowsQueueOfHandlerWhereNoWorkerRuns() {
		this.runner.withUserConfiguration(Mailer.class)
			.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(Worker.class);
				context.getBean(JobClient.class).enqueue(new Welcome("ada"));
				assertThat(context.getBean(StubJobStore.class).inserted()).singleElement()
					.satisfies((job) -> assertThat(job.queue()).isEqualTo("mail"));
			});
	}

	@Test
	void writesPayloadsByTheApplicationsMapper() {
		this.runner
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
			.run((context) -> assertThat(context.getBean(PayloadSerializer.class).serialize(new Snake("ada")))
				.isEqualTo("{\"first_name\":\"ada\"}"));
	}

	@Test
	void writesPayloadsWithoutTheApplicationsMapper() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.jackson"))
			.run((context) -> assertThat(context.getBean(PayloadSerializer.class).serialize(new Snake("ada")))
				.isEqualTo("{\"firstName\":\"ada\"}"));
	}

	@Test
	void limitsPayloadAsConfigured() {
		this.runner.withPropertyValues("tasuki.client.max-payload-size=10B")
			.run((context) -> assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> context.getBean(JobClient.class).enqueue(new Welcome("a long name"))));
	}

	@Test
	void stepsBackForUsersSerializer() {
		this.runner.withBean(PayloadSerializer.class, UsersSerializer::new)
			.run((context) -> assertThat(context.getBean(PayloadSerializer.class)).isInstanceOf(UsersSerializer.class));
	}

	@Test
	void stepsBackForUsersRegistry() {
		HandlerRegistry registry = new HandlerRegistry();
		this.runner.withBean(HandlerRegistry.class, () -> registry)
			.withUserConfiguration(Mailer.class)
			.run((context) -> assertThat(registry.find("Welcome")).isPresent());
	}

	@Test
	void stepsBackForUsersClient() {
		this.runner.withBean(JobClient.class, UsersClient::new)
			.run((context) -> assertThat(context.getBean(JobClient.class)).isInstanceOf(UsersClient.class));
	}

	@Test
	void stepsBackForUsersStorage() {
		this.runner.run((context) -> assertThat(context.getBeansOfType(JobStore.class)).containsOnlyKeys("jobStore"));
	}

	record Welcome(String user) {
	}

	record Snake(String firstName) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Mailer {

		@JobHandler(queue = "mail")
		void welcome(Welcome payload) {
		}

		@Bean
		String unrelated() {
			return "";
		}

	}

	static class UsersSerializer implements PayloadSerializer {

		@Override
		public String serialize(Object payload) {
			return "\"\"";
		}

		@Override
		public Object deserialize(String json, Type type) {
			return json;
		}

	}

	static class UsersClient implements JobClient {

		@Override
		public EnqueuedJob enqueue(Object payload) {
			return new EnqueuedJob(new JobId(1), EnqueuedJob.Effect.CREATED);
		}

		@Override
		public EnqueuedJob enqueue(JobRequest<?> request) {
			return new EnqueuedJob(new JobId(1), EnqueuedJob.Effect.CREATED);
		}

		@Override
		public List<EnqueuedJob> enqueueAll(Collection<?> payloadsOrRequests) {
			return List.of();
		}

		@Override
		public Cancellation cancel(JobId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<FoundJob> find(JobId id) {
			return Optional.empty();
		}

		@Override
		public Optional<FoundJob> await(JobId id, Duration timeout) {
			return Optional.empty();
		}

		@Override
		public <T> Optional<T> awaitResult(JobId id, Class<T> type, Duration timeout) {
			return Optional.empty();
		}

	}

}
