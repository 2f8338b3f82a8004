package io.tasuki.worker;

import java.util.Objects;
import java.util.Set;

import io.tasuki.Backoff;
import io.tasuki.Handler;
import io.tasuki.Names;
import org.jspecify.annotations.Nullable;

/**
 * A handler and how its jobs are run.
 *
 * @param kind kind of the jobs it runs
 * @param aliases former names of that kind, whose waiting jobs it runs as well
 * @param handler the code
 * @param queue queue in which its jobs wait unless their request says otherwise;
 * {@code null} for the default queue
 * @param concurrency most jobs of this handler that run at once in this process;
 * {@code null} for no limit of its own
 * @param maxAttempts attempts before a job is dead that brings no limit of its own;
 * {@code null} for the worker's
 * @param backoff wait after a failed attempt; {@code null} for the worker's
 * @param description names the handler in messages, for example a bean and a method
 */
public record HandlerRegistration(String kind, Set<String> aliases, Handler handler, @Nullable String queue,
		@Nullable Integer concurrency, @Nullable Integer maxAttempts, @Nullable Backoff backoff, String description) {

	public HandlerRegistration {
		Objects.requireNonNull(handler, "'handler' must not be null");
		Names.checkKind(Objects.requireNonNull(kind, "'kind' must not be null"));
		aliases = Set.copyOf(aliases);
		aliases.forEach(Names::checkKind);
		Names.checkQueue(queue);
		if (concurrency != null && concurrency < 1) {
			throw new IllegalArgumentException(
					"Concurrency of %s must be at least 1, not %d".formatted(description, concurrency));
		}
		if (maxAttempts != null && (maxAttempts < 1 || maxAttempts > Short.MAX_VALUE)) {
			throw new IllegalArgumentException("Max attempts of %s must be from 1 to %d, not %d".formatted(description,
					Short.MAX_VALUE, maxAttempts));
		}
	}

}
