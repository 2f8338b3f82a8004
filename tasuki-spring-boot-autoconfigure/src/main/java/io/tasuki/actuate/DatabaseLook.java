package io.tasuki.actuate;

import java.util.List;
import java.util.function.Supplier;

import io.tasuki.DatabaseReport;
import io.tasuki.store.UnknownKind;
import io.tasuki.worker.SeenQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the database has shown, as far as it answered.
 *
 * @param report what the database says of itself; {@code null} if it did not
 * @param queues every queue of the worker, and every other that holds jobs
 * @param unknownKinds jobs that wait for want of a handler here
 * @param error what came instead of the first answer that is missing; {@code null} if all
 * are there
 */
record DatabaseLook(@Nullable DatabaseReport report, List<SeenQueue> queues, List<UnknownKind> unknownKinds,
		@Nullable String error) {

	/**
	 * Looks. May take long, and throws nothing.
	 */
	static DatabaseLook take(HealthSources sources) {
		Answers answers = new Answers();
		DatabaseReport report = answers.of(sources.database());
		List<SeenQueue> queues = answers.of(sources.queues());
		List<UnknownKind> unknownKinds = answers.of(sources.unknownKinds());
		return new DatabaseLook(report, (queues != null) ? queues : List.of(),
				(unknownKinds != null) ? unknownKinds : List.of(), answers.error);
	}

	/** Asks one after the other, and keeps the first error. */
	private static final class Answers {

		private @Nullable String error;

		<T> @Nullable T of(@Nullable Supplier<T> source) {
			if (source == null) {
				return null;
			}
			try {
				return source.get();
			}
			catch (RuntimeException ex) {
				if (this.error == null) {
					this.error = describe(ex);
				}
				return null;
			}
		}

		private static String describe(Throwable ex) {
			Throwable root = ex;
			while (root.getCause() != null) {
				root = root.getCause();
			}
			String message = root.getMessage();
			return (message != null) ? message.replaceAll("\\s*\\R\\s*", ", ") : root.getClass().getName();
		}

	}

}
