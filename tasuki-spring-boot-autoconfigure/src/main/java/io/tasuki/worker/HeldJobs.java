package io.tasuki.worker;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Every job this worker holds a lease on: waiting, running, or finished with an outcome
 * not yet recorded.
 */
final class HeldJobs {

	private final Map<Long, HeldJob> byId = new ConcurrentHashMap<>();

	private final Consumer<HeldJob> graveSuspectLetGo;

	/**
	 * Creates an empty collection.
	 * @param graveSuspectLetGo is told of each grave suspect that is not held any more
	 */
	HeldJobs(Consumer<HeldJob> graveSuspectLetGo) {
		this.graveSuspectLetGo = graveSuspectLetGo;
	}

	/**
	 * Adds a job in place of an earlier holding of the same job, if there is one.
	 */
	void add(HeldJob job) {
		HeldJob before = this.byId.put(job.id(), job);
		if (before != null) {
			letGo(before);
		}
	}

	@Nullable HeldJob find(long id) {
		return this.byId.get(id);
	}

	/**
	 * Removes exactly this holding; a later one of the same job stays.
	 */
	void remove(HeldJob job) {
		this.byId.remove(job.id(), job);
		letGo(job);
	}

	private void letGo(HeldJob job) {
		if (job.graveSuspect()) {
			job.letGo();
			this.graveSuspectLetGo.accept(job);
		}
	}

	int size() {
		return this.byId.size();
	}

	Collection<HeldJob> all() {
		return this.byId.values();
	}

}
