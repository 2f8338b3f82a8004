package io.tasuki.autoconfigure;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;

import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import io.tasuki.actuate.JobMasker;
import io.tasuki.actuate.JobValue;
import io.tasuki.actuate.TasukiEndpoint;
import io.tasuki.actuate.TasukiEndpointJmxExtension;
import io.tasuki.actuate.TasukiEndpointWebExtension;
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

	@Test
	void isThereForTheOperationsWhereNoWorkerRuns() { // B54
		withOperations().withPropertyValues("tasuki.worker.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(TasukiEndpoint.class)
				.hasSingleBean(TasukiEndpointWebExtension.class)
				.doesNotHaveBean(TasukiEndpointJmxExtension.class)
				.hasSingleBean(JobMasker.class));
	}

	@Test
	void hasOperationsOverJmxWhereItIsExposedThere() { // B54
		withOperations()
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=tasuki",
					"management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).hasSingleBean(TasukiEndpointJmxExtension.class)
				.doesNotHaveBean(TasukiEndpointWebExtension.class));
	}

	@Test
	void hasNoOperationsWhereTheStoreHasNone() { // B54
		this.runner.run((context) -> assertThat(context).hasSingleBean(TasukiEndpoint.class)
			.doesNotHaveBean(TasukiEndpointWebExtension.class)
			.doesNotHaveBean(JobMasker.class));
	}

	@Test
	void stepsBackForUsersMasker() { // B54
		JobMasker masker = JobValue::value;
		withOperations().withBean(JobMasker.class, () -> masker)
			.run((context) -> assertThat(context.getBean(JobMasker.class)).isSameAs(masker));
	}

	private ApplicationContextRunner withOperations() {
		return this.runner.withBean(JobOperations.class, () -> stub(JobOperations.class))
			.withBean(QueueOperations.class, () -> stub(QueueOperations.class));
	}

	private static <T> T stub(Class<T> type) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals("hashCode") ? 0 : null));
	}

}
