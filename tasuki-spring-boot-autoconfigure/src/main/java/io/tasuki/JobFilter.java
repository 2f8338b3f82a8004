package io.tasuki;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list, cancel, retry or delete: an immutable value, narrowed by its
 * {@code with…} methods. What is {@code null} does not narrow.
 *
 * @param states one or more states whose jobs are kept in one place: live jobs
 * ({@link JobState#AVAILABLE}, {@link JobState#RUNNING}), finished ones
 * ({@link JobState#SUCCEEDED}, {@link JobState#CANCELLED}) or {@link JobState#DEAD} ones
 * @param queue only jobs of this queue
 * @param kind only jobs of this kind
 * @param label only jobs with this label
 * @param createdFrom only jobs that were enqueued then or later
 * @param createdBefore only jobs that were enqueued before
 * @param finishedFrom only jobs that succeeded, were cancelled or died then or later
 * @param finishedBefore only jobs that succeeded, were cancelled or died before
 */
public record JobFilter(Set<JobState> states, @Nullable String queue, @Nullable String kind, @Nullable String label,
		@Nullable Instant createdFrom, @Nullable Instant createdBefore, @Nullable Instant finishedFrom,
		@Nullable Instant finishedBefore) {

	private static final Set<JobState> LIVE = EnumSet.of(JobState.AVAILABLE, JobState.RUNNING);

	private static final Set<JobState> FINISHED = EnumSet.of(JobState.SUCCEEDED, JobState.CANCELLED);

	private static final Set<JobState> DEAD = EnumSet.of(JobState.DEAD);

	public JobFilter {
		states = Set.copyOf(states);
		if (states.isEmpty()
				|| !(LIVE.containsAll(states) || FINISHED.containsAll(states) || DEAD.containsAll(states))) {
			throw new IllegalArgumentException(
					"""
							A filter names states of live jobs (AVAILABLE, RUNNING), of finished ones (SUCCEEDED, CANCELLED) or \
							DEAD, not %s: these are kept in different places. Ask for one after the other"""
						.formatted(states));
		}
		if (LIVE.containsAll(states) && (finishedFrom != null || finishedBefore != null)) {
			throw new IllegalArgumentException("Live jobs have not finished: filter them by when they were created");
		}
		Names.checkQueue(queue);
		Names.checkKind(kind);
		Names.checkLabel(label);
	}

	/**
	 * Returns a filter that lets pass all jobs of one state, or of several kept together.
	 */
	public static JobFilter of(JobState state, JobState... others) {
		return new JobFilter(EnumSet.of(state, others), null, null, null, null, null, null, null);
	}

	/**
	 * Returns a filter that lets pass all jobs that wait or run.
	 */
	public static JobFilter live() {
		return of(JobState.AVAILABLE, JobState.RUNNING);
	}

	/**
	 * Returns a filter that lets pass all jobs of the archive.
	 */
	public static JobFilter finished() {
		return of(JobState.SUCCEEDED, JobState.CANCELLED);
	}

	/**
	 * Returns a filter that lets pass all dead letters.
	 */
	public static JobFilter dead() {
		return of(JobState.DEAD);
	}

	/**
	 * Returns this filter for one queue.
	 */
	public JobFilter withQueue(String queue) {
		return new JobFilter(this.states, queue, this.kind, this.label, this.createdFrom, this.createdBefore,
				this.finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for one kind.
	 */
	public JobFilter withKind(String kind) {
		return new JobFilter(this.states, this.queue, kind, this.label, this.createdFrom, this.createdBefore,
				this.finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for one label.
	 */
	public JobFilter withLabel(String label) {
		return new JobFilter(this.states, this.queue, this.kind, label, this.createdFrom, this.createdBefore,
				this.finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for jobs that were enqueued at this moment or later.
	 */
	public JobFilter withCreatedFrom(Instant createdFrom) {
		return new JobFilter(this.states, this.queue, this.kind, this.label, createdFrom, this.createdBefore,
				this.finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for jobs that were enqueued before this moment.
	 */
	public JobFilter withCreatedBefore(Instant createdBefore) {
		return new JobFilter(this.states, this.queue, this.kind, this.label, this.createdFrom, createdBefore,
				this.finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for jobs that ended at this moment or later.
	 */
	public JobFilter withFinishedFrom(Instant finishedFrom) {
		return new JobFilter(this.states, this.queue, this.kind, this.label, this.createdFrom, this.createdBefore,
				finishedFrom, this.finishedBefore);
	}

	/**
	 * Returns this filter for jobs that ended before this moment.
	 */
	public JobFilter withFinishedBefore(Instant finishedBefore) {
		return new JobFilter(this.states, this.queue, this.kind, this.label, this.createdFrom, this.createdBefore,
				this.finishedFrom, finishedBefore);
	}

	/**
	 * Returns whether it is about jobs that wait or run.
	 */
	public boolean isLive() {
		return LIVE.containsAll(this.states);
	}

	/**
	 * Returns whether it is about dead letters.
	 */
	public boolean isDead() {
		return DEAD.containsAll(this.states);
	}

}
