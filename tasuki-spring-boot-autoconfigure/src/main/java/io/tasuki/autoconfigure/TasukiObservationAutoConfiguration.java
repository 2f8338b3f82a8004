package io.tasuki.autoconfigure;

import io.tasuki.observation.CarriedMdc;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of observations, and of what jobs carry for them.
 */
@AutoConfiguration(after = TasukiAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "tasuki.enabled", matchIfMissing = true)
@Import({ ObservationConfiguration.class, TraceLinkConfiguration.class })
public final class TasukiObservationAutoConfiguration {

	// Outside of observations, so that what is logged of these has the entries too.
	@Bean
	@ConditionalOnMissingBean
	@Conditional(OnCarriedMdcCondition.class)
	@Order(Ordered.HIGHEST_PRECEDENCE + 10)
	CarriedMdc tasukiCarriedMdc(TasukiProperties properties) {
		return new CarriedMdc(properties.observation().mdcKeys());
	}

}
