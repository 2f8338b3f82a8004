package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.BatchResult;
import io.tasuki.JobResult;
import io.tasuki.PayloadSerializer;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/** Reads handler methods for batches, which take lists and may answer for each job. */
final class BatchSignature {

	private static final String REMEDY = "With a batchSize a method takes lists, at least one: of payloads "
			+ "(at most once), of Job, of JobContext and of what JobArgumentResolver beans supply";

	private BatchSignature() {
	}

	/**
	 * Reads a method.
	 * @throws InvalidHandlerException if no batch can be run with it
	 */
	static HandlerSignature of(Method method, Class<?> beanType, JobHandler annotation, PayloadSerializer serializer,
			List<JobArgumentResolver> resolvers, String handler) {
		List<HandlerArgument> arguments = new ArrayList<>();
		Type payloadType = null;
		for (Parameter parameter : method.getParameters()) {
			MethodParameter element = element(parameter, beanType, handler);
			HandlerArgument supplied = HandlerSignature.supplied(element, resolvers, handler);
			if (supplied != null) {
				arguments.add(supplied);
			}
			else if (payloadType == null) {
				payloadType = HandlerSignature.payloadType(element.getGenericParameterType(), parameter, handler);
				arguments.add(new PayloadArgument(serializer, payloadType, false));
			}
			else {
				throw new InvalidHandlerException(handler, "takes two lists of payloads, of %s and of %s"
					.formatted(payloadType.getTypeName(), element.getGenericParameterType().getTypeName()), REMEDY);
			}
		}
		if (arguments.isEmpty()) {
			throw new InvalidHandlerException(handler, "has a batchSize but takes no list", REMEDY);
		}
		return new HandlerSignature(List.copyOf(arguments), payloadType);
	}

	private static MethodParameter element(Parameter parameter, Class<?> beanType, String handler) {
		Type type = GenericTypeResolver.resolveType(parameter.getParameterizedType(), beanType);
		ResolvableType element = ResolvableType.forType(type).getGeneric(0);
		if (parameter.getType() != List.class || element == ResolvableType.NONE) {
			throw new InvalidHandlerException(handler,
					"has a batchSize but takes a " + parameter.getParameterizedType().getTypeName(), REMEDY);
		}
		Type bound = (element.getType() instanceof WildcardType wildcard) ? wildcard.getUpperBounds()[0]
				: element.getType();
		return new ElementParameter(MethodParameter.forParameter(parameter).withContainingClass(beanType), bound);
	}

	/**
	 * Reads what a method returns.
	 * @throws InvalidHandlerException if it does not say what became of a batch
	 */
	static HandlerBatchResult result(Method method, Class<?> beanType, JobHandler annotation,
			PayloadSerializer serializer, String handler) {
		Class<?> type = method.getReturnType();
		if (annotation.keepResult()) {
			return kept(method, beanType, serializer, handler);
		}
		if (type != void.class && type != BatchResult.class && !JobResult.class.isAssignableFrom(type)) {
			throw new InvalidHandlerException(handler, "returns " + method.getGenericReturnType().getTypeName(),
					"Return nothing (all jobs are done when the method returns), a JobResult for all of them "
							+ "or a BatchResult, or say keepResult = true to keep a List of what each came to");
		}
		return new HandlerBatchResult(type == void.class, null, handler);
	}

	private static HandlerBatchResult kept(Method method, Class<?> beanType, PayloadSerializer serializer,
			String handler) {
		if (!List.class.isAssignableFrom(method.getReturnType())) {
			throw new InvalidHandlerException(handler,
					"is to keep the results of batches, but returns " + method.getGenericReturnType().getTypeName(),
					"Return a List with the result of each job, in their order, or remove keepResult");
		}
		Class<?> element = ResolvableType.forMethodReturnType(method, beanType).as(List.class).getGeneric(0).toClass();
		return new HandlerBatchResult(false, new HandlerResult(element, serializer, handler), handler);
	}

}
