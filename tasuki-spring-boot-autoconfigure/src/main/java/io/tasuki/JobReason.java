package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * One reason why a job does not run, or the fact that it does. Moments and the lengths of
 * time that follow from them are the database's.
 */
public sealed interface JobReason {

	/**
	 * Says it in a sentence or two, for a human.
	 */
	String message();

	/** There is no such job, or not any more: an old one may have been deleted. */
	record Unknown() implements JobReason {

		@Override
		public String message() {
			return "There is no such job, or not any more.";
		}

	}

	/**
	 * The job has ended.
	 *
	 * @param state how: succeeded, cancelled or dead
	 * @param at when
	 * @param reason why it is dead or was cancelled; {@code null} if it succeeded
	 */
	record Ended(JobState state, Instant at, @Nullable String reason) implements JobReason {

		@Override
		public String message() {
			String why = (this.reason != null) ? ": " + this.reason : "";
			return switch (this.state) {
				case DEAD -> "It is dead since %s%s. It can be retried.".formatted(this.at, why);
				case CANCELLED -> "It was cancelled at %s%s.".formatted(this.at, why);
				default -> "It succeeded at %s.".formatted(this.at);
			};
		}

	}

	/**
	 * A worker holds the job, and runs it unless it lets it wait for a slot for a moment.
	 *
	 * @param worker what people call the worker
	 * @param since when it claimed the job; {@code null} if that is not known
	 * @param leaseUntil when its lease is over, unless it is renewed
	 * @param leaseLeft how long that is from now
	 */
	record Running(String worker, @Nullable Instant since, Instant leaseUntil,
			Duration leaseLeft) implements JobReason {

		@Override
		public String message() {
			String since = (this.since != null) ? " since %s".formatted(this.since) : "";
			return "Worker '%s' runs it%s. Its lease lasts until %s, for another %s unless it is renewed."
				.formatted(this.worker, since, this.leaseUntil, ReasonText.of(this.leaseLeft));
		}

	}

	/**
	 * The lease of the job ran out, as it does when a worker dies, and nobody has taken
	 * the job over yet. The next worker that looks for jobs does, if it takes jobs of
	 * this kind and queue: within a second or so where the other reasons do not say
	 * otherwise, or within a third of a lease after an outage of the database.
	 *
	 * @param worker what people call the worker that held the job
	 * @param leaseEndedAt when its lease was over
	 * @param overdue how long ago that was
	 */
	record LeaseLost(String worker, Instant leaseEndedAt, Duration overdue) implements JobReason {

		@Override
		public String message() {
			return """
					Worker '%s' held it and gave no sign of life: its lease ran out at %s, %s ago. The next worker that looks \
					for jobs takes it over, usually within a second."""
				.formatted(this.worker, this.leaseEndedAt, ReasonText.of(this.overdue));
		}

	}

	/**
	 * Somebody has cancelled the job. Its worker is told to stop it; one whose worker
	 * died ends as cancelled when it is taken over.
	 *
	 * @param at when that was asked for
	 */
	record CancelRequested(Instant at) implements JobReason {

		@Override
		public String message() {
			return "Somebody cancelled it at %s: it ends as soon as a worker sees to that.".formatted(this.at);
		}

	}

	/**
	 * The queue is paused: none of its jobs starts.
	 *
	 * @param queue the queue
	 * @param since when it was paused
	 */
	record QueuePaused(String queue, Instant since) implements JobReason {

		@Override
		public String message() {
			return "Queue '%s' is paused since %s: none of its jobs starts until it is resumed.".formatted(this.queue,
					this.since);
		}

	}

	/**
	 * The job waits for its time: it was enqueued for then, rescheduled, snoozed, or
	 * deferred by a gate.
	 *
	 * @param runAt that time
	 * @param in how long it is from now
	 */
	record Scheduled(Instant runAt, Duration in) implements JobReason {

		@Override
		public String message() {
			return "It waits for its time: %s, in %s.".formatted(this.runAt, ReasonText.of(this.in));
		}

	}

	/**
	 * The job waits for its next attempt.
	 *
	 * @param runAt when that may start
	 * @param in how long it is from now
	 * @param attempt number of the attempt before, counted from 1
	 * @param maxAttempts attempts before the job is dead; {@code null} when the worker
	 * that runs it decides
	 * @param lastError what went wrong last; {@code null} if a handler asked for a retry
	 * without saying why
	 */
	record RetryScheduled(Instant runAt, Duration in, int attempt, @Nullable Integer maxAttempts,
			@Nullable AttemptError lastError) implements JobReason {

		@Override
		public String message() {
			String most = (this.maxAttempts != null) ? " of " + this.maxAttempts : "";
			return "It waits for its next attempt: %s, in %s. Attempt %d%s failed%s.".formatted(this.runAt,
					ReasonText.of(this.in), this.attempt, most,
					(this.lastError != null) ? ": " + ReasonText.of(this.lastError) : "");
		}

	}

	/**
	 * No worker that is alive takes jobs of this kind in this queue. Workers of versions
	 * that do not list themselves yet are not known of here.
	 *
	 * @param queue the queue
	 * @param kind the kind
	 * @param alive number of workers that are alive
	 * @param kindsOfQueue the kinds that workers take from the queue, in order
	 * @param queuesOfKind the queues from which workers take the kind, in order
	 * @param draining the workers that would take it, but are stopping
	 */
	record NoWorker(String queue, String kind, int alive, Set<String> kindsOfQueue, Set<String> queuesOfKind,
			List<String> draining) implements JobReason {

		public NoWorker {
			kindsOfQueue = Collections.unmodifiableSortedSet(new TreeSet<>(kindsOfQueue));
			queuesOfKind = Collections.unmodifiableSortedSet(new TreeSet<>(queuesOfKind));
			draining = List.copyOf(draining);
		}

		@Override
		public String message() {
			String nobody = "No live worker takes jobs of kind '%s' from queue '%s'".formatted(this.kind, this.queue);
			if (this.alive == 0) {
				return nobody + ": no worker is alive at all.";
			}
			if (!this.draining.isEmpty()) {
				return "%s: %s stopping.".formatted(nobody,
						ReasonText.list(", ", this.draining) + ((this.draining.size() > 1) ? " are" : " is"));
			}
			return nobody
					+ ((this.kindsOfQueue.isEmpty()) ? ": none of the %d looks into this queue.".formatted(this.alive)
							: ", only of the kinds %s.".formatted(ReasonText.list(", ", this.kindsOfQueue)))
					+ ((this.queuesOfKind.isEmpty()) ? "" : " They take this kind from the queues %s."
						.formatted(ReasonText.list(", ", this.queuesOfKind)));
		}

	}

	/**
	 * Every worker that takes jobs of this kind and queue has as many as it may, as far
	 * as can be told: what runs elsewhere than in this queue is known from what workers
	 * last said of themselves.
	 *
	 * @param reached the limits that stand in the way, at least one of each worker
	 * @param runningJobs some of the jobs of this queue that workers hold, in the order
	 * of their ids
	 */
	record LimitReached(List<ReachedLimit> reached, List<JobId> runningJobs) implements JobReason {

		public LimitReached {
			reached = List.copyOf(reached);
			runningJobs = List.copyOf(runningJobs);
		}

		@Override
		public String message() {
			String jobs = (this.runningJobs.isEmpty()) ? ""
					: " They hold the jobs %s.".formatted(ReasonText.list(", ", this.runningJobs));
			return "No slot is free for it: %s.%s".formatted(ReasonText.list("; ", this.reached), jobs);
		}

	}

	/**
	 * A limit that a worker has reached.
	 *
	 * @param worker what people call the worker
	 * @param scope what the limit is for
	 * @param concurrency most slots at once
	 * @param inUse slots that are taken, or jobs that wait for one with a lease; may be
	 * more than the limit
	 */
	record ReachedLimit(String worker, Scope scope, int concurrency, int inUse) {

		@Override
		public String toString() {
			return "worker '%s' has %d of %d slots of %s in use".formatted(this.worker,
					Math.min(this.inUse, this.concurrency), this.concurrency, switch (this.scope) {
						case WORKER -> "its own";
						case QUEUE -> "the queue";
						case HANDLER -> "the handler";
					});
		}

	}

	/** What a limit is for. */
	enum Scope {

		/** All jobs of the worker. */
		WORKER,

		/** The jobs of the queue in the worker. */
		QUEUE,

		/** The jobs of the handler in the worker. */
		HANDLER

	}

	/**
	 * Other jobs come before this one: those that are due in the same queue, by priority,
	 * run-at and id, of kinds that a live worker takes.
	 *
	 * @param queue the queue
	 * @param ahead number of these jobs, as far as they were counted
	 * @param complete whether all were counted; {@code false} if there are too many to
	 * look at
	 */
	record InLine(String queue, long ahead, boolean complete) implements JobReason {

		@Override
		public String message() {
			if (this.ahead == 0 && this.complete) {
				return "It is due, and the next in line in queue '%s': a worker takes it with its next look."
					.formatted(this.queue);
			}
			if (this.ahead == 0) {
				return "Many jobs of kinds that no live worker takes come before it in queue '%s', and maybe others."
					.formatted(this.queue);
			}
			return "It waits in line behind %s%d %s of queue '%s'.".formatted((this.complete) ? "" : "at least ",
					this.ahead, (this.ahead == 1) ? "other" : "others", this.queue);
		}

	}

}
