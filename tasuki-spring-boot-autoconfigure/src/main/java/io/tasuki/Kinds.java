package io.tasuki;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the kind of a job, and its defaults, from the class of its payload: the rule
 * stands here once, for those who enqueue and for handlers.
 */
public final class Kinds {

	// What libraries represent any document with says nothing about the job.
	private static final List<String> PLAIN_PACKAGES = List.of("java.", "javax.", "jdk.", "kotlin.", "scala.",
			"groovy.lang.", "jakarta.json.", "tools.jackson.", "com.fasterxml.jackson.", "com.google.gson.",
			"org.json.");

	// Every job that is enqueued asks.
	private static final ClassValue<Optional<KindDefaults>> KINDS = new ClassValue<>() {

		@Override
		protected Optional<KindDefaults> computeValue(Class<?> payloadClass) {
			return find(payloadClass);
		}

	};

	private Kinds() {
	}

	/**
	 * Returns the kind that {@link JobKind @JobKind} on the class, or on a sealed type
	 * that permits it, names, else the simple name of the class.
	 * @return empty for plain types, such as {@code String}, {@code Long}, {@code Map},
	 * collections and arrays, and for classes without a name of their own: lambdas,
	 * anonymous and generated classes
	 * @throws IllegalArgumentException if that name cannot be a kind
	 */
	public static Optional<String> of(Class<?> payloadClass) {
		return KINDS.get(payloadClass).map(KindDefaults::kind);
	}

	/**
	 * Returns the kind as {@link #of} tells it, with what {@link JobKind @JobKind} says
	 * of its jobs.
	 * @return empty where no kind can be told
	 * @throws IllegalArgumentException if the annotation's values cannot be used
	 */
	public static Optional<KindDefaults> defaultsOf(Class<?> payloadClass) {
		return KINDS.get(payloadClass);
	}

	private static Optional<KindDefaults> find(Class<?> payloadClass) {
		Class<?> named = annotatedType(isConstantWithBody(payloadClass) ? payloadClass.getSuperclass() : payloadClass);
		JobKind annotation = named.getAnnotation(JobKind.class);
		boolean unnamed = annotation == null || annotation.value().isEmpty();
		if (unnamed && (isPlain(named) || isNameless(named))) {
			return Optional.empty();
		}
		try {
			String kind = (unnamed) ? named.getSimpleName() : annotation.value();
			return Optional.of((annotation != null) ? KindDefaults.of(kind, annotation) : KindDefaults.none(kind));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"%s (kind of payload class %s)".formatted(ex.getMessage(), named.getName()), ex);
		}
	}

	/**
	 * Returns the type whose annotation counts for a class; the class itself if none
	 * does.
	 */
	private static Class<?> annotatedType(Class<?> payloadClass) {
		if (payloadClass.isAnnotationPresent(JobKind.class)) {
			return payloadClass;
		}
		return Stream.concat(Stream.ofNullable(payloadClass.getSuperclass()), Stream.of(payloadClass.getInterfaces()))
			.filter(Class::isSealed)
			.<Class<?>>map(Kinds::annotatedType)
			.filter((type) -> type.isAnnotationPresent(JobKind.class))
			.findFirst()
			.orElse(payloadClass);
	}

	private static boolean isConstantWithBody(Class<?> payloadClass) {
		return payloadClass.isAnonymousClass() && Enum.class.isAssignableFrom(payloadClass);
	}

	private static boolean isPlain(Class<?> payloadClass) {
		return payloadClass.isPrimitive() || payloadClass.isArray() || Map.class.isAssignableFrom(payloadClass)
				|| Collection.class.isAssignableFrom(payloadClass) || CharSequence.class.isAssignableFrom(payloadClass)
				|| PLAIN_PACKAGES.stream().anyMatch(payloadClass.getName()::startsWith);
	}

	private static boolean isNameless(Class<?> payloadClass) {
		return payloadClass.isAnonymousClass() || payloadClass.isSynthetic() || payloadClass.isHidden()
				|| Proxy.isProxyClass(payloadClass) || payloadClass.getSimpleName().indexOf('$') >= 0;
	}

}
