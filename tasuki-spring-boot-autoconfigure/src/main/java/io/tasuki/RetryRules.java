package io.tasuki;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells from what a handler threw whether to try again. A rule holds for its class and
 * all subclasses, and of several that hold the one nearest to the thrown class wins, as
 * with rollback rules of transactions. Only the thrown exception itself is looked at,
 * never its cause. What no rule holds for is tried again.
 *
 * @param noRetryFor what is not tried again: the job is dead at once
 * @param retryFor what is tried again all the same; each a subclass of one of the former,
 * for anything else is tried again without a rule
 */
public record RetryRules(Set<Class<? extends Throwable>> noRetryFor, Set<Class<? extends Throwable>> retryFor) {

	public RetryRules {
		noRetryFor = Set.copyOf(noRetryFor);
		retryFor = Set.copyOf(retryFor);
		for (Class<? extends Throwable> type : retryFor) {
			check(type, noRetryFor);
		}
	}

	/**
	 * Finds the rule by which not to try again.
	 * @param thrown what the handler threw
	 * @return the class the rule names; {@code null} to try again
	 */
	public @Nullable Class<?> refusing(Throwable thrown) {
		for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
			if (this.noRetryFor.contains(type)) {
				return type;
			}
			if (this.retryFor.contains(type)) {
				return null;
			}
		}
		return null;
	}

	private static void check(Class<? extends Throwable> type, Set<Class<? extends Throwable>> noRetryFor) {
		if (noRetryFor.contains(type)) {
			throw new IllegalArgumentException(
					"%s stands both in noRetryFor and in retryFor".formatted(type.getName()));
		}
		if (noRetryFor.stream().noneMatch((refused) -> refused.isAssignableFrom(type))) {
			throw new IllegalArgumentException(
					"retryFor %s changes nothing, as it is no subclass of anything in noRetryFor"
						.formatted(type.getName()));
		}
	}

}
