package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tasuki.Job;
import io.tasuki.store.Completion;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every listener, whatever the others throw.
 */
final class Listeners implements WorkerListener {

	private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

	private final List<WorkerListener> listeners;

	Listeners(List<WorkerListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void started(Job job) {
		tell((listener) -> listener.started(job));
	}

	@Override
	public void started(Job job, Duration waited) {
		tell((listener) -> listener.started(job, waited));
	}

	@Override
	public void completed(Job job, Outcome outcome, Completion.@Nullable Failure failure, Duration runTime) {
		tell((listener) -> listener.completed(job, outcome, failure, runTime));
	}

	@Override
	public void leaseLost(Job job) {
		tell((listener) -> listener.leaseLost(job));
	}

	@Override
	public void swept(Duration took) {
		tell((listener) -> listener.swept(took));
	}

	private void tell(Consumer<WorkerListener> call) {
		for (WorkerListener listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("A worker listener failed: {}", listener, ex);
			}
		}
	}

}
