package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.tasuki.store.QueueInspection;
import io.tasuki.store.UnknownKind;
import org.jspecify.annotations.Nullable;

/**
 * Knows which jobs wait in a worker's queues although no handler of this process runs
 * their kind. They may be another service's, or those of a newer version, so the worker
 * leaves them alone. Safe for use by many threads.
 */
public final class UnknownKinds {

	/** How old an answer may be. */
	static final Duration LONGEST_AGE = Duration.ofSeconds(10);

	private final QueueInspection inspection;

	private final Worker worker;

	private final HandlerRegistry handlers;

	private final LongSupplier nanoTime;

	private @Nullable List<UnknownKind> found;

	private long foundAt;

	/**
	 * Looks at nothing yet.
	 * @param inspection looks into queues
	 * @param worker names the queues
	 * @param handlers names the kinds that are known
	 */
	public UnknownKinds(QueueInspection inspection, Worker worker, HandlerRegistry handlers) {
		this(inspection, worker, handlers, System::nanoTime);
	}

	UnknownKinds(QueueInspection inspection, Worker worker, HandlerRegistry handlers, LongSupplier nanoTime) {
		this.inspection = inspection;
		this.worker = worker;
		this.handlers = handlers;
		this.nanoTime = nanoTime;
	}

	/**
	 * Finds the unknown kinds. Asks the database unless it did so a few seconds ago.
	 */
	public synchronized List<UnknownKind> find() {
		List<UnknownKind> known = this.found;
		if (known != null && this.nanoTime.getAsLong() - this.foundAt < LONGEST_AGE.toNanos()) {
			return known;
		}
		List<UnknownKind> found = List
			.copyOf(this.inspection.unknownKinds(this.worker.queues(), this.handlers.kinds()));
		this.found = found;
		this.foundAt = this.nanoTime.getAsLong();
		return found;
	}

}
