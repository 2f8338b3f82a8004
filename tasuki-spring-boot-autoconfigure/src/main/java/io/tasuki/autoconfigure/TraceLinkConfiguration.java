package io.tasuki.autoconfigure;

import io.micrometer.tracing.Tracer;
import io.tasuki.observation.AttemptObservations;
import io.tasuki.observation.LinkingTraceHandler;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Links traces, where there is a tracer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean({ Tracer.class, AttemptObservations.class })
class TraceLinkConfiguration {

	// Before the handlers of Spring Boot, the first of which has 1000.
	@Bean
	@ConditionalOnMissingBean
	@Order(900)
	LinkingTraceHandler tasukiLinkingTraceHandler(Tracer tracer) {
		return new LinkingTraceHandler(tracer);
	}

}
