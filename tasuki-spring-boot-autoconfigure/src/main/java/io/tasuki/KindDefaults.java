package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * What a payload's class says of the jobs that carry it, before their requests and
 * handlers are asked.
 *
 * @param kind name that selects the handler
 * @param queue queue to wait in; {@code null} to leave it to the handler
 * @param priority 0 first to 9 last
 * @param maxAttempts attempts before the job is dead; {@code null} to leave it to the
 * handler and to configuration
 * @param version version of the payload's shape, at least 1
 */
public record KindDefaults(String kind, @Nullable String queue, int priority, @Nullable Integer maxAttempts,
		int version) {

	public KindDefaults {
		Names.checkKind(kind);
		Names.checkQueue(queue);
		JobRequest.checkNumbers(priority, maxAttempts);
		PayloadVersion.check(version);
	}

	/**
	 * Returns the defaults of a kind of which only the name is known.
	 */
	public static KindDefaults none(String kind) {
		return new KindDefaults(kind, null, JobRequest.DEFAULT_PRIORITY, null, 1);
	}

	static KindDefaults of(String kind, JobKind annotation) {
		return new KindDefaults(kind, (annotation.queue().isEmpty()) ? null : annotation.queue(), annotation.priority(),
				(annotation.maxAttempts() == 0) ? null : annotation.maxAttempts(), annotation.version());
	}

}
