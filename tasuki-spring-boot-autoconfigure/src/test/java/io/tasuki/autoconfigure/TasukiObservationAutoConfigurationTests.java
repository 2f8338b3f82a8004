package io.tasuki.autoconfigure;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.tasuki.client.EnqueueInterceptor;
import io.tasuki.observation.AttemptObservations;
import io.tasuki.observation.CarriedMdc;
import io.tasuki.observation.EnqueueObservations;
import io.tasuki.observation.LinkingTraceHandler;
import io.tasuki.observation.TraceMode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiObservationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiObservationAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class);

	private final ApplicationContextRunner observed = this.runner.withBean(ObservationRegistry.class,
			ObservationRegistry::create);

	private final ApplicationContextRunner traced = this.observed.withBean(Tracer.class, () -> Tracer.NOOP);

	@Test
	void observesWhereThereIsATracer() {
		this.traced.run((context) -> assertThat(context).hasSingleBean(EnqueueObservations.class)
			.hasSingleBean(AttemptObservations.class)
			.hasSingleBean(LinkingTraceHandler.class)
			.doesNotHaveBean(CarriedMdc.class));
	}

	@Test
	void observesWithoutTracerWhereAskedTo() {
		this.observed.run((context) -> assertThat(context).doesNotHaveBean(EnqueueInterceptor.class)
			.doesNotHaveBean(AttemptObservations.class));
		this.observed.withPropertyValues("tasuki.observation.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(EnqueueObservations.class)
				.hasSingleBean(AttemptObservations.class)
				.doesNotHaveBean(LinkingTraceHandler.class));
	}

	@Test
	void observesNothingWhereToldNotTo() {
		this.traced.withPropertyValues("tasuki.observation.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EnqueueInterceptor.class)
				.doesNotHaveBean(AttemptObservations.class)
				.doesNotHaveBean(LinkingTraceHandler.class));
		this.traced.withPropertyValues("tasuki.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(EnqueueInterceptor.class));
	}

	@Test
	void observesNothingWithoutRegistry() {
		this.runner.withBean(Tracer.class, () -> Tracer.NOOP)
			.withPropertyValues("tasuki.observation.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(EnqueueInterceptor.class)
				.doesNotHaveBean(AttemptObservations.class));
	}

	@Test
	void isAbsentWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withPropertyValues("tasuki.observation.mdc-keys=tenant", "tasuki.observation.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("tasukiEnqueueObservations")
				.hasSingleBean(CarriedMdc.class));
	}

	@Test
	void isWithoutLinksWhereMicrometerHasNoTracing() {
		this.observed.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.withPropertyValues("tasuki.observation.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AttemptObservations.class)
				.doesNotHaveBean("tasukiLinkingTraceHandler"));
	}

	@Test
	void carriesEntriesOfTheMdcOutsideOfObservations() {
		this.traced.withPropertyValues("tasuki.observation.mdc-keys[0]=tenant", "tasuki.observation.mdc-keys[1]=user")
			.run((context) -> {
				List<?> interceptors = context.getBeanProvider(EnqueueInterceptor.class).orderedStream().toList();
				assertThat(interceptors).hasSize(2);
				assertThat(interceptors.get(0)).isInstanceOf(CarriedMdc.class);
				assertThat(interceptors.get(1)).isInstanceOf(EnqueueObservations.class);
			});
	}

	@Test
	void bindsItsProperties() {
		this.runner.run((context) -> assertThat(context.getBean(TasukiProperties.class).observation())
			.isEqualTo(new TasukiProperties.Observation(null, TraceMode.CONTINUE, List.of())));
		this.runner
			.withPropertyValues("tasuki.observation.enabled=true", "tasuki.observation.trace=link",
					"tasuki.observation.mdc-keys=tenant,user")
			.run((context) -> assertThat(context.getBean(TasukiProperties.class).observation())
				.isEqualTo(new TasukiProperties.Observation(true, TraceMode.LINK, List.of("tenant", "user"))));
	}

	@Test
	void refusesKeysThatCannotBeCarried() {
		this.runner.withPropertyValues("tasuki.observation.mdc-keys[0]=" + "x".repeat(101))
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("A key of the MDC that jobs carry must have from 1 to 100 characters"));
	}

}
