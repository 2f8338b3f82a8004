package io.tasuki.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which of the waiting jobs is next: suspects first, then by priority, lines of one
 * priority in turns, each within the limits of its queue and its handler. Keeps a list
 * per level of the lines that could start a job, so that taking one does not look at
 * every line. Guarded by the lock of {@link Slots}.
 */
final class RunOrder {

	private final List<Line> lines;

	/** Lines with a job that could start, by the level of that job. */
	private final List<Deque<Line>> startable = new ArrayList<>(WaitingJobs.LEVELS);

	private final List<LineExecutor> refusing = new ArrayList<>();

	private final List<Line> batchLines;

	private final SuspectAdmission suspects = new SuspectAdmission();

	RunOrder(List<Line> lines) {
		this.lines = lines;
		this.batchLines = lines.stream().filter((line) -> line.batchSize() > 1).toList();
		for (int level = 0; level < WaitingJobs.LEVELS; level++) {
			this.startable.add(new ArrayDeque<>());
		}
	}

	void add(HeldJob job) {
		job.line().add(job);
		list(job.line());
	}

	/**
	 * Takes the next job and a slot of each of its limits; {@code null} when none can
	 * start.
	 */
	@Nullable HeldJob take() {
		for (int level = 0; level < WaitingJobs.LEVELS; level++) {
			Deque<Line> lines = this.startable.get(level);
			for (Line line = lines.poll(); line != null; line = lines.poll()) {
				line.unlist(level);
				HeldJob job = line.peek(level);
				if (job != null && this.suspects.admits(job)) {
					start(job, level);
					return job;
				}
			}
		}
		return null;
	}

	private void start(HeldJob job, int level) {
		job.line().start(level);
		if (job.line().batchSize() > 1 && !job.suspect()) {
			job.company(job.line().startTogether());
		}
		list(job.line());
		if (job.suspect()) {
			this.suspects.start(job);
		}
	}

	/**
	 * Puts a job back that {@link #take} has given, because its executor refuses it: no
	 * line of that executor has a job to start until one of its jobs ends, or
	 * {@link #acceptAgain}.
	 */
	void refused(HeldJob job, LineExecutor executor) {
		if (!executor.refusing()) {
			executor.refuses(true);
			this.refusing.add(executor);
		}
		putBack(job);
	}

	/**
	 * Puts a job back that {@link #take} has given.
	 */
	void putBack(HeldJob job) {
		job.line().unstart(job);
		list(job.line());
		if (job.suspect()) {
			this.suspects.unstart(job);
			this.lines.forEach(this::list);
		}
	}

	/**
	 * Lets the jobs start again of all executors that refused some.
	 */
	void acceptAgain() {
		while (!this.refusing.isEmpty()) {
			accepts(this.refusing.get(0));
		}
	}

	/**
	 * Returns how many jobs wait for executors that refuse them.
	 */
	int refused() {
		int refused = 0;
		for (LineExecutor executor : this.refusing) {
			refused += executor.waiting();
		}
		return refused;
	}

	/**
	 * Returns how many of the jobs that wait will run in the slots of others, where no
	 * executor refuses them.
	 */
	int together() {
		int together = 0;
		for (Line line : this.batchLines) {
			together += line.refused() ? 0 : line.together();
		}
		return together;
	}

	private void accepts(LineExecutor executor) {
		executor.refuses(false);
		this.refusing.remove(executor);
		executor.lines().forEach(this::list);
	}

	/**
	 * Gives the slots of a job back, which may let others start.
	 * @param nanos how long it ran
	 */
	void finish(HeldJob job, long nanos) {
		job.line().finish(nanos);
		LineExecutor executor = job.line().executor();
		if (executor != null && executor.refusing()) {
			accepts(executor);
		}
		list(job.line());
		for (SlotLimit limit : job.line().limits()) {
			limit.lines().forEach(this::list);
		}
		if (job.suspect() && this.suspects.finish(job)) {
			this.lines.forEach(this::list);
		}
	}

	/**
	 * Lets the suspects start that waited until the worker no longer holds this grave
	 * one.
	 * @return whether there may be such
	 */
	boolean letGo(HeldJob suspect) {
		boolean over = this.suspects.letGo(suspect);
		if (over) {
			this.lines.forEach(this::list);
		}
		return over;
	}

	/**
	 * Returns whether no line is listed; one that is may turn out to have no job to
	 * start.
	 */
	boolean isEmpty() {
		for (Deque<Line> lines : this.startable) {
			if (!lines.isEmpty()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Lists a line among the suspects, if it has any, and at its first priority.
	 */
	void list(Line line) {
		if (line.blocked()) {
			return;
		}
		if (line.waits(WaitingJobs.SUSPECTS)) {
			list(line, WaitingJobs.SUSPECTS);
		}
		for (int level = WaitingJobs.SUSPECTS + 1; level < WaitingJobs.LEVELS; level++) {
			if (line.waits(level)) {
				list(line, level);
				return;
			}
		}
	}

	private void list(Line line, int level) {
		if (line.list(level)) {
			this.startable.get(level).add(line);
		}
	}

}
