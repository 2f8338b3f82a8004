package io.tasuki.annotation;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.PayloadSerializer;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;

/**
 * What a handler method takes, checked once at start-up together with what it returns.
 *
 * @param arguments how each parameter is filled from a job, in their order; for a method
 * that takes lists, how each list gets an element from it
 * @param payloadType type of the payload; {@code null} if the method takes none
 */
record HandlerSignature(List<HandlerArgument> arguments, @Nullable Type payloadType) {

	/**
	 * Reads a method.
	 * @throws InvalidHandlerException if no job can be run with it
	 */
	static HandlerSignature of(Method method, Class<?> beanType, JobHandler annotation, PayloadSerializer serializer,
			List<JobArgumentResolver> resolvers, String handler) {
		checkReturnType(method, annotation.keepResult(), handler);
		List<HandlerArgument> arguments = new ArrayList<>();
		Type payloadType = null;
		for (Parameter parameter : method.getParameters()) {
			MethodParameter described = MethodParameter.forParameter(parameter).withContainingClass(beanType);
			HandlerArgument supplied = supplied(described, resolvers, handler);
			if (supplied != null) {
				arguments.add(supplied);
			}
			else if (payloadType == null) {
				payloadType = payloadType(GenericTypeResolver.resolveType(parameter.getParameterizedType(), beanType),
						parameter, handler);
				arguments.add(new PayloadArgument(serializer, payloadType, isNullable(parameter)));
			}
			else {
				throw new InvalidHandlerException(handler,
						"takes two payloads, %s and %s".formatted(payloadType.getTypeName(),
								parameter.getParameterizedType().getTypeName()),
						"A job has one payload: put both into one record. "
								+ "Besides it the method can take the JobContext, the Job "
								+ "and what JobArgumentResolver beans supply");
			}
		}
		return new HandlerSignature(List.copyOf(arguments), payloadType);
	}

	/**
	 * Returns how a parameter is filled that is no payload; {@code null} if it is one.
	 */
	static @Nullable HandlerArgument supplied(MethodParameter parameter, List<JobArgumentResolver> resolvers,
			String handler) {
		if (parameter.getParameterType() == JobContext.class) {
			return (context) -> context;
		}
		if (parameter.getParameterType() == Job.class) {
			return JobContext::job;
		}
		return ResolvedArgument.of(parameter, resolvers, handler);
	}

	/**
	 * Checks what holds for every handler method, whatever it takes and returns.
	 * @throws InvalidHandlerException if it cannot be called for jobs
	 */
	static void checkCallable(Method method, Class<?> beanType, String handler) {
		checkModifiers(method, handler);
		checkNotAsync(method, beanType, handler);
	}

	private static void checkModifiers(Method method, String handler) {
		if (Modifier.isStatic(method.getModifiers())) {
			throw new InvalidHandlerException(handler, "is static", "Make it a method of the bean");
		}
		if (Modifier.isPrivate(method.getModifiers())) {
			throw new InvalidHandlerException(handler, "is private",
					"Give it any other visibility, so that it can be called through a proxy");
		}
	}

	private static void checkReturnType(Method method, boolean keepResult, String handler) {
		Class<?> type = method.getReturnType();
		boolean plain = type != void.class && !JobResult.class.isAssignableFrom(type);
		if (keepResult && (type == void.class || isAnswerToCome(type))) {
			throw new InvalidHandlerException(handler,
					"has no result to keep: it returns " + method.getGenericReturnType().getTypeName(),
					"Return what the job came to, or remove keepResult");
		}
		if (plain && !keepResult) {
			throw new InvalidHandlerException(handler, "returns " + method.getGenericReturnType().getTypeName(),
					"Return nothing (the job is done when the method returns) or a JobResult, "
							+ "or say keepResult = true to keep what it returns with the job");
		}
	}

	private static boolean isAnswerToCome(Class<?> type) {
		return Future.class.isAssignableFrom(type) || CompletionStage.class.isAssignableFrom(type);
	}

	// It would return before the work is done, and the job would be gone by then.
	private static void checkNotAsync(Method method, Class<?> beanType, String handler) {
		if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(beanType, Async.class)) {
			throw new InvalidHandlerException(handler, "is asynchronous",
					"Remove @Async: jobs run in the background already, and are done when the method returns");
		}
	}

	/**
	 * Returns the type of a payload.
	 * @throws InvalidHandlerException if it is not known before there is a payload
	 */
	static Type payloadType(Type type, Parameter parameter, String handler) {
		if (hasVariable(type)) {
			throw new InvalidHandlerException(handler,
					"takes a payload of the open type " + parameter.getParameterizedType().getTypeName(),
					"Declare the bean's class with concrete type arguments, or take a concrete type");
		}
		return type;
	}

	private static boolean hasVariable(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(HandlerSignature::hasVariable);
		}
		if (type instanceof GenericArrayType array) {
			return hasVariable(array.getGenericComponentType());
		}
		return type instanceof TypeVariable;
	}

	private static boolean isNullable(Parameter parameter) {
		return Nullness.forParameter(parameter) == Nullness.NULLABLE;
	}

	/**
	 * Returns what a job gives for each parameter.
	 */
	@Nullable Object[] resolve(JobContext context) throws Exception {
		@Nullable Object[] resolved = new Object[this.arguments.size()];
		for (int i = 0; i < resolved.length; i++) {
			resolved[i] = this.arguments.get(i).resolve(context);
		}
		return resolved;
	}

	/**
	 * Reads the payload of a job, if there is a parameter for it, and drops it.
	 */
	void read(Job job) {
		for (HandlerArgument argument : this.arguments) {
			if (argument instanceof PayloadArgument payload) {
				payload.read(job);
			}
		}
	}

}
