package io.tasuki.annotation;

import java.util.List;

import io.tasuki.JobContext;
import io.tasuki.TasukiException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.util.ClassUtils;

/**
 * Takes an argument from a resolver and makes sure that the method can be called with it.
 *
 * @param resolver supplies it
 * @param parameter the parameter it is for
 * @param handler names the method in messages
 */
record ResolvedArgument(JobArgumentResolver resolver, MethodParameter parameter,
		String handler) implements HandlerArgument {

	/**
	 * Returns the first that supports the parameter; {@code null} if none does.
	 */
	static @Nullable ResolvedArgument of(MethodParameter parameter, List<JobArgumentResolver> resolvers,
			String handler) {
		for (JobArgumentResolver resolver : resolvers) {
			if (resolver.supports(parameter)) {
				return new ResolvedArgument(resolver, parameter, handler);
			}
		}
		return null;
	}

	@Override
	public @Nullable Object resolve(JobContext context) throws Exception {
		Object argument = this.resolver.resolve(this.parameter, context);
		if (!ClassUtils.isAssignableValue(this.parameter.getParameterType(), argument)) {
			throw new TasukiException("Argument resolver %s gave %s for the %s that handler method %s takes".formatted(
					this.resolver, (argument != null) ? "a " + argument.getClass().getName() : "null",
					this.parameter.getParameterType().getName(), this.handler));
		}
		return argument;
	}

}
