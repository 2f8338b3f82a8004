package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import io.tasuki.store.QueueInspection;
import io.tasuki.store.UnknownKind;

/**
 * Knows which jobs wait in a worker's queues although no handler of this process runs
 * their kind. They may be another service's, or those of a newer version, so the worker
 * leaves them alone. Safe for use by many threads.
 */
public final class UnknownKinds {

	/** How old an answer may be. */
	static final Duration LONGEST_AGE = Duration.ofSeconds(10);

	private final RecentAnswer<List<UnknownKind>> found;

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
		this.found = new RecentAnswer<>(() -> List.copyOf(inspection.unknownKinds(worker.queues(), handlers.kinds())),
				LONGEST_AGE, nanoTime);
	}

	/**
	 * Finds the unknown kinds. Asks the database unless it did so a few seconds ago.
	 */
	public List<UnknownKind> find() {
		return this.found.get();
	}

}
