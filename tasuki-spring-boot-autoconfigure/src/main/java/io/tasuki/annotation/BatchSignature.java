package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.tasuki.BatchResult;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.PayloadSerializer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * What a handler method for batches takes and returns, checked once at start-up.
 *
 * @param elements how the elements of each parameter's list are filled, in their order
 * @param payload how payloads are read; {@code null} if there is no list of them
 */
record BatchSignature(List<Function<BatchMember, @Nullable Object>> elements, @Nullable PayloadArgument payload) {

	private static final String REMEDY = "With a batchSize a method takes lists: of payloads, of Job, of JobContext, "
			+ "each at most once and at least one of them";

	/**
	 * Reads a method.
	 * @throws InvalidHandlerException if no batch can be run with it
	 */
	static BatchSignature of(Method method, Class<?> beanType, JobHandler annotation, PayloadSerializer serializer,
			String handler) {
		if (annotation.keepResult()) {
			throw new InvalidHandlerException(handler, "has a batchSize and is to keep its result",
					"Remove keepResult: what such a method returns says how each job ended");
		}
		checkReturnType(method, handler);
		List<Function<BatchMember, @Nullable Object>> elements = new ArrayList<>();
		PayloadArgument payload = null;
		for (Parameter parameter : method.getParameters()) {
			Type element = element(parameter, beanType, handler);
			if (element == JobContext.class) {
				elements.add(BatchMember::context);
			}
			else if (element == Job.class) {
				elements.add((member) -> member.context().job());
			}
			else if (payload == null) {
				payload = new PayloadArgument(serializer, element, false);
				elements.add(BatchMember::payload);
			}
			else {
				throw new InvalidHandlerException(handler, "takes two lists of payloads, of %s and of %s"
					.formatted(payload.type().getTypeName(), element.getTypeName()), REMEDY);
			}
		}
		if (elements.isEmpty()) {
			throw new InvalidHandlerException(handler, "has a batchSize but takes no list", REMEDY);
		}
		return new BatchSignature(List.copyOf(elements), payload);
	}

	@Nullable Type payloadType() {
		return (this.payload != null) ? this.payload.type() : null;
	}

	private static void checkReturnType(Method method, String handler) {
		Class<?> type = method.getReturnType();
		if (type != void.class && type != BatchResult.class && !JobResult.class.isAssignableFrom(type)) {
			throw new InvalidHandlerException(handler, "returns " + method.getGenericReturnType().getTypeName(),
					"Return nothing (all jobs are done when the method returns), a JobResult for all of them, "
							+ "or a BatchResult");
		}
	}

	private static Type element(Parameter parameter, Class<?> beanType, String handler) {
		Type type = GenericTypeResolver.resolveType(parameter.getParameterizedType(), beanType);
		ResolvableType element = ResolvableType.forType(type).getGeneric(0);
		if (parameter.getType() != List.class || element == ResolvableType.NONE) {
			throw new InvalidHandlerException(handler,
					"has a batchSize but takes a " + parameter.getParameterizedType().getTypeName(), REMEDY);
		}
		Type bound = (element.getType() instanceof WildcardType wildcard) ? wildcard.getUpperBounds()[0]
				: element.getType();
		if (HandlerSignature.hasVariable(bound)) {
			throw new InvalidHandlerException(handler,
					"takes payloads of the open type " + parameter.getParameterizedType().getTypeName(),
					"Declare the bean's class with concrete type arguments, or take a concrete type");
		}
		return bound;
	}

}
