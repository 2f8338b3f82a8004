package io.tasuki.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.tasuki.store.LineClaim;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one line that wait for a slot, by level. Guarded by the lock of
 * {@link Slots}.
 */
final class WaitingJobs {

	/** Level of the suspects, which go before every priority. */
	static final int SUSPECTS = 0;

	/** Number of levels: the suspects and one for each priority. */
	static final int LEVELS = LineClaim.PRIORITIES + 1;

	private final List<Deque<HeldJob>> levels = new ArrayList<>(LEVELS);

	private int size;

	WaitingJobs() {
		for (int level = 0; level < LEVELS; level++) {
			this.levels.add(new ArrayDeque<>());
		}
	}

	void add(HeldJob job) {
		this.levels.get(level(job)).add(job);
		this.size++;
	}

	void addFirst(HeldJob job) {
		this.levels.get(level(job)).addFirst(job);
		this.size++;
	}

	private static int level(HeldJob job) {
		return job.suspect() ? SUSPECTS : job.job().priority() + 1;
	}

	@Nullable HeldJob peek(int level) {
		return this.levels.get(level).peek();
	}

	void remove(int level) {
		this.levels.get(level).remove();
		this.size--;
	}

	/**
	 * Takes so many jobs at most, by priority. Suspects are not among them.
	 */
	List<HeldJob> removeOrdinary(int most) {
		List<HeldJob> removed = new ArrayList<>();
		for (int level = SUSPECTS + 1; level < LEVELS; level++) {
			Deque<HeldJob> jobs = this.levels.get(level);
			while (removed.size() < most && !jobs.isEmpty()) {
				removed.add(jobs.remove());
			}
		}
		this.size -= removed.size();
		return removed;
	}

	List<HeldJob> clear() {
		List<HeldJob> cleared = new ArrayList<>();
		this.levels.forEach((jobs) -> {
			cleared.addAll(jobs);
			jobs.clear();
		});
		this.size = 0;
		return cleared;
	}

	boolean isEmpty(int level) {
		return this.levels.get(level).isEmpty();
	}

	int size() {
		return this.size;
	}

}
