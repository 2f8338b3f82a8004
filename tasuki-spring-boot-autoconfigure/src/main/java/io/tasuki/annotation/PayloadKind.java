package io.tasuki.annotation;

import java.lang.reflect.Modifier;

import io.tasuki.JobKind;
import org.jspecify.annotations.Nullable;

/** Tells a kind from the class of a payload. */
final class PayloadKind {

	private PayloadKind() {
	}

	/**
	 * Returns the kind that jobs with payloads of exactly this class have, or
	 * {@code null} if the class does not tell.
	 */
	static @Nullable String of(Class<?> type) {
		JobKind kind = type.getAnnotation(JobKind.class);
		if (kind != null) {
			return kind.value();
		}
		return isPlain(type) ? null : type.getSimpleName();
	}

	private static boolean isPlain(Class<?> type) {
		return type.isPrimitive() || type.isArray() || type.isEnum() || Modifier.isAbstract(type.getModifiers())
				|| type.getSimpleName().isEmpty() || type.getName().startsWith("java.");
	}

}
