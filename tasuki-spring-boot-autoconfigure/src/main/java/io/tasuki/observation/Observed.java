package io.tasuki.observation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observation that has begun and is the current one of this thread. Whatever goes
 * wrong with it is logged and goes no further, and when it has ended, what was current
 * before is so again.
 */
final class Observed {

	private static final Logger logger = LoggerFactory.getLogger(Observed.class);

	private static final AtomicBoolean warned = new AtomicBoolean();

	private final ObservationRegistry registry;

	private final Observation observation;

	private final Observation.@Nullable Scope before;

	private Observed(ObservationRegistry registry, Observation observation) {
		this.registry = registry;
		this.observation = observation;
		this.before = registry.getCurrentObservationScope();
	}

	/**
	 * Begins an observation.
	 * @return {@code null} if there is nothing to observe, or it cannot be
	 */
	static @Nullable Observed begin(ObservationRegistry registry, Supplier<Observation> creation) {
		Observed observed = null;
		try {
			Observation observation = creation.get();
			if (observation.isNoop()) {
				return null;
			}
			observed = new Observed(registry, observation);
			observation.start();
			observation.openScope();
			return observed;
		}
		catch (RuntimeException | LinkageError ex) {
			warn(ex);
			if (observed != null) {
				observed.leaveScope();
			}
			return null;
		}
	}

	void error(Throwable thrown) {
		try {
			this.observation.error(thrown);
		}
		catch (RuntimeException | LinkageError ex) {
			warn(ex);
		}
	}

	void end() {
		leaveScope();
		try {
			this.observation.stop();
		}
		catch (RuntimeException | LinkageError ex) {
			warn(ex);
		}
	}

	/**
	 * Closes what was opened since, innermost first: what others have left open, nobody
	 * else can close any more.
	 */
	private void leaveScope() {
		Observation.Scope current = this.registry.getCurrentObservationScope();
		while (current != null && current != this.before) {
			Observation.Scope previous = current.getPreviousObservationScope();
			close(current);
			current = previous;
		}
		this.registry.setCurrentObservationScope(this.before);
	}

	private static void close(Observation.Scope scope) {
		try {
			scope.close();
		}
		catch (RuntimeException | LinkageError ex) {
			warn(ex);
		}
	}

	private static void warn(Throwable ex) {
		if (warned.compareAndSet(false, true)) {
			logger.warn("An observation failed. Jobs go on without; further failures are logged at level debug", ex);
		}
		else {
			logger.debug("An observation failed", ex);
		}
	}

}
