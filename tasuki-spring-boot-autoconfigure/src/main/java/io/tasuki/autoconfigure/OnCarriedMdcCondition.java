package io.tasuki.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where jobs are to carry entries of the MDC. Binds the property, for a list may
 * be written in several ways.
 */
final class OnCarriedMdcCondition extends SpringBootCondition {

	private static final String PROPERTY = "tasuki.observation.mdc-keys";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		List<String> keys = Binder.get(context.getEnvironment())
			.bind(PROPERTY, Bindable.listOf(String.class))
			.orElse(List.of());
		return new ConditionOutcome(!keys.isEmpty(),
				ConditionMessage.forCondition(PROPERTY).because("it names " + keys.size() + " keys"));
	}

}
