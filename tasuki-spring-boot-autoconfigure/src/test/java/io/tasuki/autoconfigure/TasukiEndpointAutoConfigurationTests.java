package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.tasuki.actuate.TasukiEndpoint;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.UnknownKind;
import io.tasuki.worker.UnknownKinds;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerHealth;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiEndpointAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class, EndpointAutoConfiguration.class,
				JacksonEndpointAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class)
		.withPropertyValues("management.endpoints.web.exposure.include=tasuki");

	@Test
	void showsTheWorker() {
		this.runner
			.run((context) -> assertThat(context.getBean(TasukiEndpoint.class).tasuki().worker().running()).isTrue());
	}

	@Test
	void answersWithPlainJson() {
		this.runner
			.withBean("usersInspection", QueueInspection.class,
					() -> (queues, kinds) -> List.of(new UnknownKind("mail", "newer", 3, true, Duration.ofMinutes(5))))
			.run((context) -> {
				JsonMapper mapper = context.getBean(EndpointJsonMapper.class).get();
				JsonNode json = mapper
					.readTree(mapper.writeValueAsString(context.getBean(TasukiEndpoint.class).tasuki()));
				assertThat(json.path("worker").path("stuckSlots").asInt(-1)).isZero();
				assertThat(json.path("queues")).isEqualTo(mapper.readTree("""
						{ "mail": { "unknownKinds": [
						    { "kind": "newer", "jobs": 3, "more": true, "dueFor": "PT5M" } ] } }
						"""));
				assertThat(json.has("error")).isFalse();
			});
	}

	@Test
	void isAbsentUnlessExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiEndpoint.class));
	}

	@Test
	void isAbsentWithoutAccess() {
		this.runner.withPropertyValues("management.endpoint.tasuki.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiEndpoint.class));
	}

	@Test
	void isAbsentWhereNoWorkerRuns() {
		this.runner.withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TasukiEndpoint.class));
	}

	@Test
	void isAbsentWithoutActuator() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TasukiEndpointAutoConfiguration.class,
					TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
			.withUserConfiguration(StorageStubs.class)
			.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Worker.class)
				.hasSingleBean(UnknownKinds.class)
				.doesNotHaveBean("tasukiEndpoint"));
	}

	@Test
	void stepsBackForUsersEndpoint() {
		this.runner
			.withBean("usersEndpoint", TasukiEndpoint.class,
					() -> new TasukiEndpoint(() -> new WorkerHealth(false, false, null, null, false, true, 0),
							List::of))
			.run((context) -> assertThat(context.getBeansOfType(TasukiEndpoint.class))
				.containsOnlyKeys("usersEndpoint"));
	}

}
