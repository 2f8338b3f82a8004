package io.tasuki.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/**
 * Matches where there is a tracer, or observations are asked for: meters alone stand
 * without them already.
 */
final class OnTracerOrPropertyCondition extends AnyNestedCondition {

	OnTracerOrPropertyCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(type = "io.micrometer.tracing.Tracer")
	static class OnTracer {

	}

	@ConditionalOnBooleanProperty("tasuki.observation.enabled")
	static class OnProperty {

	}

}
