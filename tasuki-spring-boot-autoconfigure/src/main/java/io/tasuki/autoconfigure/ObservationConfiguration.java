package io.tasuki.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.tasuki.observation.AttemptObservations;
import io.tasuki.observation.EnqueueObservations;
import io.tasuki.observation.JobEnqueueObservationConvention;
import io.tasuki.observation.JobProcessObservationConvention;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Observes enqueues and attempts, where there is a tracer or it is asked for. They stand
 * outside of all other interceptors.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "tasuki.observation.enabled", matchIfMissing = true)
@Conditional(OnTracerOrPropertyCondition.class)
class ObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE + 20)
	EnqueueObservations tasukiEnqueueObservations(ObservationRegistry registry,
			ObjectProvider<JobEnqueueObservationConvention> convention) {
		return new EnqueueObservations(registry, convention.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE + 20)
	AttemptObservations tasukiAttemptObservations(ObservationRegistry registry,
			ObjectProvider<JobProcessObservationConvention> convention, TasukiProperties properties) {
		return new AttemptObservations(registry, convention.getIfAvailable(), properties.observation().trace());
	}

}
