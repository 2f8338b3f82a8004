package io.tasuki.worker;

import java.time.Duration;
import java.util.Map;

import io.tasuki.Backoff;
import io.tasuki.Names;
import io.tasuki.RetentionMode;
import org.jspecify.annotations.Nullable;

/**
 * Tuning of a worker.
 *
 * @param concurrency most jobs that run at once in this process
 * @param queueConcurrency most jobs of a queue that run at once in this process, by name
 * of the queue; these queues are polled even if no handler names them
 * @param leaseDuration how long a lease lasts unless renewed: a job of a process that
 * died runs elsewhere after about this time
 * @param pollInterval how often an idle worker looks for jobs that no wake-up announced
 * @param shutdownTimeout time within which {@link Worker#stop()} returns, handing back
 * included
 * @param maxCrashes workers a job may take down before it is dead
 * @param maxAttempts attempts of a job for which neither its request nor its handler sets
 * a limit
 * @param backoff wait after a failed attempt of a job for which neither its handler nor
 * its queue has one
 * @param queueBackoff wait after a failed attempt of a job whose handler has none, by
 * name of the queue
 * @param queueRetention what is kept of jobs whose handler does not say, by name of the
 * queue; all, where it is not named
 * @param handlerTimeout time after which an attempt ends as failed whose handler names
 * none; {@code null} for no limit
 */
public record WorkerSettings(int concurrency, Map<String, Integer> queueConcurrency, Duration leaseDuration,
		Duration pollInterval, Duration shutdownTimeout, int maxCrashes, int maxAttempts, Backoff backoff,
		Map<String, Backoff> queueBackoff, Map<String, RetentionMode> queueRetention,
		@Nullable Duration handlerTimeout) {

	/** Shortest lease: below it an ordinary pause would lose jobs. */
	public static final Duration MIN_LEASE = Duration.ofSeconds(1);

	public WorkerSettings {
		queueConcurrency = Map.copyOf(queueConcurrency);
		queueBackoff = Map.copyOf(queueBackoff);
		queueRetention = Map.copyOf(queueRetention);
		checkPositive("Concurrency", concurrency);
		queueConcurrency.forEach((queue, limit) -> {
			Names.checkQueue(queue);
			checkPositive("Concurrency of queue '%s'".formatted(queue), limit);
		});
		checkPositive("Max crashes", maxCrashes);
		checkPositive("Max attempts", maxAttempts);
		if (leaseDuration.compareTo(MIN_LEASE) < 0) {
			throw new IllegalArgumentException(
					"Lease duration must be at least %s, not %s".formatted(MIN_LEASE, leaseDuration));
		}
		if (pollInterval.isNegative() || pollInterval.isZero()) {
			throw new IllegalArgumentException("Poll interval must be positive, not " + pollInterval);
		}
		if (shutdownTimeout.isNegative()) {
			throw new IllegalArgumentException("Shutdown timeout must not be negative: " + shutdownTimeout);
		}
		if (handlerTimeout != null && (handlerTimeout.isNegative() || handlerTimeout.isZero())) {
			throw new IllegalArgumentException("Handler timeout must be positive, not " + handlerTimeout);
		}
	}

	/**
	 * Creates settings without a backoff or a retention of a single queue.
	 */
	public WorkerSettings(int concurrency, Map<String, Integer> queueConcurrency, Duration leaseDuration,
			Duration pollInterval, Duration shutdownTimeout, int maxCrashes, int maxAttempts, Backoff backoff,
			@Nullable Duration handlerTimeout) {
		this(concurrency, queueConcurrency, leaseDuration, pollInterval, shutdownTimeout, maxCrashes, maxAttempts,
				backoff, Map.of(), Map.of(), handlerTimeout);
	}

	private static void checkPositive(String what, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("%s must be at least 1, not %d".formatted(what, value));
		}
	}

}
