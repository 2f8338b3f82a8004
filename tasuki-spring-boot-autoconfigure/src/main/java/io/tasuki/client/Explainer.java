package io.tasuki.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.tasuki.JobExplanation;
import io.tasuki.JobId;
import io.tasuki.JobReason;
import io.tasuki.JobState;
import io.tasuki.LiveWorker;
import io.tasuki.store.Circumstances;
import io.tasuki.store.Circumstances.Standing;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a job's circumstances why it does not run. A reason comes before those that
 * matter only once it is gone: a paused queue, the time, a worker at all, a free slot,
 * the jobs in line.
 */
final class Explainer {

	private final JobId id;

	private final Circumstances circumstances;

	private final Standing job;

	private final List<JobReason> reasons = new ArrayList<>();

	private Explainer(JobId id, Circumstances circumstances, Standing job) {
		this.id = id;
		this.circumstances = circumstances;
		this.job = job;
	}

	static JobExplanation explain(JobId id, Circumstances circumstances) {
		Standing job = circumstances.job();
		List<JobReason> reasons = (job != null) ? new Explainer(id, circumstances, job).reasons()
				: List.of(new JobReason.Unknown());
		return new JobExplanation(id, circumstances.asOf(), reasons);
	}

	private List<JobReason> reasons() {
		if (this.job.finishedAt() != null) {
			this.reasons.add(new JobReason.Ended(this.job.state(), this.job.finishedAt(), this.job.reason()));
		}
		else if (this.job.state() == JobState.RUNNING) {
			addRunning();
			addCancel();
		}
		else {
			addWaiting();
		}
		return this.reasons;
	}

	private void addRunning() {
		Instant leaseUntil = leaseEnd();
		this.reasons.add(new JobReason.Running(holder(), heldSince(leaseUntil), leaseUntil, untilThen(leaseUntil)));
	}

	private Instant leaseEnd() {
		return Objects.requireNonNull(this.job.leaseEndsAt(), "A job that runs has a lease");
	}

	private String holder() {
		return Objects.requireNonNullElse(this.job.holder(), WorkerName.UNKNOWN).value();
	}

	/**
	 * Finds out since when the worker holds the job. One that it has not named yet it has
	 * claimed since, and the end of the lease tells when, until it may have been renewed.
	 */
	private @Nullable Instant heldSince(Instant leaseUntil) {
		LiveWorker worker = (this.job.holderNumber() != null)
				? this.circumstances.workers().get(this.job.holderNumber()) : null;
		if (worker == null) {
			return null;
		}
		for (LiveWorker.HeldJob held : worker.longestHeld()) {
			if (held.id().equals(this.id)) {
				return held.since();
			}
		}
		return sinceItSpoke(worker, leaseUntil.minus(worker.leaseDuration()));
	}

	private static @Nullable Instant sinceItSpoke(LiveWorker worker, Instant leaseBegin) {
		boolean firstLease = leaseBegin.isBefore(worker.seenAt().plus(worker.leaseDuration().dividedBy(3)));
		return firstLease ? leaseBegin : null;
	}

	private Duration untilThen(Instant moment) {
		return Duration.between(this.circumstances.asOf(), moment);
	}

	private void addCancel() {
		if (this.job.cancelRequestedAt() != null) {
			this.reasons.add(new JobReason.CancelRequested(this.job.cancelRequestedAt()));
		}
	}

	private void addWaiting() {
		boolean due = !this.job.runAt().isAfter(this.circumstances.asOf());
		Collection<LiveWorker> takers = workers((worker) -> worker.takes(this.job.queue(), this.job.kind()));
		addLeaseLost();
		addCancel();
		addPaused();
		if (!due) {
			addSchedule();
		}
		addNoWorker(takers);
		if (due) {
			addLimits(takers);
			addLine();
		}
	}

	private Collection<LiveWorker> workers(Predicate<LiveWorker> which) {
		return this.circumstances.workers().values().stream().filter(which).toList();
	}

	private void addLeaseLost() {
		if (this.job.leaseEndsAt() != null) {
			Instant leaseEnd = leaseEnd();
			this.reasons.add(new JobReason.LeaseLost(holder(), leaseEnd, untilThen(leaseEnd).negated()));
		}
	}

	private void addPaused() {
		if (this.job.pausedAt() != null) {
			this.reasons.add(new JobReason.QueuePaused(this.job.queue(), this.job.pausedAt()));
		}
	}

	private void addSchedule() {
		Duration in = untilThen(this.job.runAt());
		this.reasons
			.add((this.job.attempt() > 0) ? new JobReason.RetryScheduled(this.job.runAt(), in, this.job.attempt(),
					this.job.maxAttempts(), this.job.lastError()) : new JobReason.Scheduled(this.job.runAt(), in));
	}

	private void addNoWorker(Collection<LiveWorker> takers) {
		if (takers.isEmpty()) {
			Set<String> kindsOfQueue = new LinkedHashSet<>();
			Set<String> queuesOfKind = new LinkedHashSet<>();
			List<String> draining = new ArrayList<>();
			for (LiveWorker worker : workers((any) -> true)) {
				boolean queue = worker.queues().contains(this.job.queue());
				boolean kind = worker.kinds().contains(this.job.kind());
				if (worker.state() == LiveWorker.State.DRAINING) {
					draining.addAll((queue && kind) ? List.of(worker.name()) : List.of());
					continue;
				}
				kindsOfQueue.addAll((queue) ? worker.kinds() : Set.of());
				queuesOfKind.addAll((kind) ? worker.queues() : Set.of());
			}
			this.reasons.add(new JobReason.NoWorker(this.job.queue(), this.job.kind(),
					this.circumstances.workers().size(), kindsOfQueue, queuesOfKind, draining));
		}
	}

	private void addLimits(Collection<LiveWorker> takers) {
		List<JobReason.ReachedLimit> reached = new ArrayList<>();
		for (Map.Entry<Long, LiveWorker> worker : this.circumstances.workers().entrySet()) {
			if (takers.contains(worker.getValue())) {
				List<JobReason.ReachedLimit> ofWorker = new SlotsOfWorker(worker.getKey(), worker.getValue(),
						this.circumstances.leased())
					.reached(this.job);
				if (ofWorker.isEmpty()) {
					return;
				}
				reached.addAll(ofWorker);
			}
		}
		if (!reached.isEmpty()) {
			this.reasons.add(new JobReason.LimitReached(reached, runningJobs()));
		}
	}

	private List<JobId> runningJobs() {
		return this.circumstances.leased().stream().flatMap((leased) -> leased.first().stream()).sorted().toList();
	}

	private void addLine() {
		boolean others = this.circumstances.ahead() > 0 || !this.circumstances.aheadComplete();
		if (others || this.reasons.isEmpty()) {
			this.reasons.add(new JobReason.InLine(this.job.queue(), this.circumstances.ahead(),
					this.circumstances.aheadComplete()));
		}
	}

}
