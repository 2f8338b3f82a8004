package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tasuki.RetentionMode;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one kind group in one queue: all kinds without a limit of their own
 * together, each handler with a limit, or one that takes several jobs at once, by itself.
 * The unit of claiming, because a row that cannot run for want of a slot must not stand
 * in the way of one that can. What is mutable here is guarded by the lock of
 * {@link Slots}.
 */
final class Line {

	private static final int MEMORY = 8;

	private final String queue;

	private final List<String> kinds;

	private SlotLimit[] limits;

	private final StartRate[] rates;

	private final @Nullable LineExecutor executor;

	private final int batchSize;

	private final RetentionMode retention;

	private final WaitingJobs waiting = new WaitingJobs();

	private int running;

	private long finished;

	/** How long its jobs took of late, in nanoseconds; negative before the first. */
	private long runTime = -1;

	private int listed;

	private int refillAt = -1;

	private boolean awaitsStart;

	Line(String queue, List<String> kinds, List<SlotLimit> limits) {
		this(queue, kinds, limits, List.of(), null, RetentionMode.ALL, 1);
	}

	Line(String queue, List<String> kinds, List<SlotLimit> limits, List<StartRate> rates,
			@Nullable LineExecutor executor, RetentionMode retention, int batchSize) {
		this.retention = retention;
		this.queue = queue;
		this.kinds = List.copyOf(kinds);
		this.limits = limits.toArray(SlotLimit[]::new);
		limits.forEach((limit) -> limit.share(this));
		this.rates = rates.toArray(StartRate[]::new);
		this.executor = executor;
		this.batchSize = batchSize;
		if (executor != null) {
			executor.share(this);
		}
	}

	String queue() {
		return this.queue;
	}

	List<String> kinds() {
		return this.kinds;
	}

	/**
	 * Returns what is kept of its jobs whose handler does not say.
	 */
	RetentionMode retention() {
		return this.retention;
	}

	SlotLimit[] limits() {
		return this.limits;
	}

	/**
	 * Returns where its jobs run; {@code null} for the worker's own executor.
	 */
	@Nullable LineExecutor executor() {
		return this.executor;
	}

	/**
	 * Returns how many jobs at most run together in one slot.
	 */
	int batchSize() {
		return this.batchSize;
	}

	StartRate[] rates() {
		return this.rates;
	}

	/**
	 * Returns nanoseconds until its rates let it claim a job; zero if they do,
	 * {@link Long#MAX_VALUE} if jobs that are claimed must start before that is known.
	 */
	long untilRateAllows() {
		long wait = 0;
		for (StartRate rate : this.rates) {
			wait = Math.max(wait, rate.untilRoom());
		}
		return wait;
	}

	/**
	 * Returns the most jobs of this line that can run at once, given the worker's own
	 * limit.
	 */
	int slots(int concurrency) {
		int slots = concurrency;
		for (SlotLimit limit : this.limits) {
			slots = Math.min(slots, limit.limit());
		}
		return slots;
	}

	/**
	 * Returns how many more jobs this line may hold beside those that run and wait, as
	 * far as it alone is concerned.
	 */
	int room(int concurrency, int prefetch) {
		if (refused()) {
			return 0;
		}
		return Math.max((slots(concurrency) - this.running) * this.batchSize + prefetch - waiting(), 0);
	}

	/**
	 * Returns how many slots its jobs take, those that wait included.
	 */
	int held() {
		return this.running + slotsFor(waiting());
	}

	/**
	 * Returns how many of its jobs that wait will run in the slots of others.
	 */
	int together() {
		return waiting() - slotsFor(waiting());
	}

	/**
	 * Returns how many slots so many jobs take.
	 */
	int slotsFor(int jobs) {
		return (this.batchSize == 1) ? jobs : (jobs + this.batchSize - 1) / this.batchSize;
	}

	/**
	 * Returns how many of its jobs run.
	 */
	int running() {
		return this.running;
	}

	/**
	 * Adds a limit, against which what runs counts.
	 */
	void limit(SlotLimit limit) {
		limit.share(this);
		this.limits = Stream.concat(Stream.of(this.limits), Stream.of(limit)).toArray(SlotLimit[]::new);
	}

	/**
	 * Takes a limit away that was added.
	 */
	void lift(SlotLimit limit) {
		this.limits = Stream.of(this.limits).filter((other) -> other != limit).toArray(SlotLimit[]::new);
	}

	/**
	 * Returns whether none of its jobs may start, however few run.
	 */
	boolean paused() {
		return slots(1) == 0;
	}

	/**
	 * Returns how many jobs so many slots would finish in this time, if they take as long
	 * as those of late; none before the first.
	 */
	long fit(int slots, long nanos) {
		return (this.runTime < 0) ? 0 : slots * nanos / Math.max(1, this.runTime);
	}

	long finished() {
		return this.finished;
	}

	void add(HeldJob job) {
		this.waiting.add(job);
		for (StartRate rate : this.rates) {
			rate.claim();
		}
	}

	/**
	 * Returns the job that is to run next on a level; {@code null} when none waits there
	 * or no slot is free.
	 */
	@Nullable HeldJob peek(int level) {
		return blocked() ? null : this.waiting.peek(level);
	}

	/**
	 * Takes the job that {@link #peek} has shown.
	 */
	void start(int level) {
		this.waiting.remove(level);
		this.running++;
		for (SlotLimit limit : this.limits) {
			limit.start();
		}
		for (StartRate rate : this.rates) {
			rate.start();
		}
	}

	/**
	 * Takes more jobs to run in the slot of one that {@link #start} has taken, whatever
	 * their priorities. Suspects are not among them.
	 */
	List<HeldJob> startTogether() {
		List<HeldJob> together = this.waiting.removeOrdinary(this.batchSize - 1);
		for (StartRate rate : this.rates) {
			together.forEach((job) -> rate.start());
		}
		return together;
	}

	/**
	 * Puts a job that {@link #start} has taken back to the front, as if it had not.
	 */
	void unstart(HeldJob job) {
		List<HeldJob> jobs = new ArrayList<>(job.company());
		jobs.add(0, job);
		job.company(List.of());
		this.running--;
		for (SlotLimit limit : this.limits) {
			limit.finish();
		}
		for (int i = jobs.size() - 1; i >= 0; i--) {
			this.waiting.addFirst(jobs.get(i));
			for (StartRate rate : this.rates) {
				rate.unstart();
			}
		}
	}

	/**
	 * Gives back the slots of a job.
	 * @param nanos how long it ran
	 */
	void finish(long nanos) {
		this.finished++;
		this.runTime = (this.runTime < 0) ? nanos : this.runTime + (nanos - this.runTime) / MEMORY;
		this.running--;
		for (SlotLimit limit : this.limits) {
			limit.finish();
		}
	}

	/**
	 * Lets go of everything that waits.
	 */
	List<HeldJob> clear() {
		List<HeldJob> cleared = this.waiting.clear();
		for (StartRate rate : this.rates) {
			rate.letGo(cleared.size());
		}
		return cleared;
	}

	/**
	 * Returns how many jobs wait.
	 */
	int waiting() {
		return this.waiting.size();
	}

	boolean waits(int level) {
		return !this.waiting.isEmpty(level);
	}

	boolean blocked() {
		if (refused()) {
			return true;
		}
		for (SlotLimit limit : this.limits) {
			if (limit.full()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether its executor refuses its jobs.
	 */
	boolean refused() {
		return this.executor != null && this.executor.refusing();
	}

	/**
	 * Notes that {@link RunOrder} has this line in its list of a level.
	 * @return {@code false} if that was so before
	 */
	boolean list(int level) {
		int before = this.listed;
		this.listed |= 1 << level;
		return this.listed != before;
	}

	void unlist(int level) {
		this.listed &= ~(1 << level);
	}

	/**
	 * Returns whether so few jobs are held that the poller wants to hear of it.
	 */
	boolean wantsRefill() {
		return held() <= this.refillAt;
	}

	/**
	 * Sets how few jobs must be held for {@link #wantsRefill}; negative for never.
	 */
	void refillAt(int held) {
		this.refillAt = held;
	}

	/**
	 * Returns whether the poller wants to hear of the next start, because only then it is
	 * known when the rates let this line claim again.
	 */
	boolean awaitsStart() {
		return this.awaitsStart;
	}

	void awaitStart(boolean awaits) {
		this.awaitsStart = awaits;
	}

	@Override
	public String toString() {
		return "queue '%s', kinds %s".formatted(this.queue, this.kinds);
	}

}
