package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outcome;
import io.tasuki.store.WorkerName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges a crash to a job whose last worker died while it held it, just before the job
 * starts: should the handler take this process down as well, the count is there. On a
 * connection of its own, opened when the first suspect appears, so that a handler's
 * thread never waits for the poller. Safe for use by many threads.
 */
final class Suspects implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Suspects.class);

	private final LeaseStore leases;

	private final HeldJobs held;

	private final RetryPolicy retryPolicy;

	private final Consumer<FinishedJob> completer;

	private final WorkerListener listener;

	Suspects(LeaseStore leases, HeldJobs held, RetryPolicy retryPolicy, Consumer<FinishedJob> completer,
			WorkerListener listener) {
		this.leases = leases;
		this.held = held;
		this.retryPolicy = retryPolicy;
		this.completer = completer;
		this.listener = listener;
	}

	/**
	 * Charges a suspect that is about to start, or ends it if it has taken down as many
	 * workers as it may.
	 * @return whether it may start; if not, its end has been seen to
	 */
	boolean admit(HeldJob job) {
		if (this.retryPolicy.tookDownAllItMay(job)) {
			RetryPolicy.Verdict verdict = this.retryPolicy.crashed(job, crashedWorkers(job));
			logger.error("Dead: {}. {}", job.job(), verdict.outcome());
			end(job, verdict);
			return false;
		}
		Optional<Integer> crashes;
		try {
			crashes = charge(job.lease());
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot charge {} before its start, so it is handed back", job.job(), ex);
			end(job, new RetryPolicy.Verdict(new Outcome.HandedBack(job.claimed().crashes()), null));
			return false;
		}
		if (crashes.isEmpty()) {
			lost(job);
			return false;
		}
		logger.warn("Trying {} again, whose last worker died while it held it", job.job());
		return true;
	}

	/**
	 * Names are for people: that they cannot be had does not keep the job from its end.
	 */
	private synchronized List<WorkerName> crashedWorkers(HeldJob job) {
		try {
			return crashedWorkersOnceMore(job.lease());
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot name the workers that {} took down", job.job(), ex);
			return List.of();
		}
	}

	/** This connection idles for days, and may have been cut in the meantime. */
	private List<WorkerName> crashedWorkersOnceMore(Lease lease) {
		try {
			return this.leases.crashedWorkers(lease);
		}
		catch (RuntimeException ex) {
			logger.debug("Cannot name workers at the first try", ex);
			return this.leases.crashedWorkers(lease);
		}
	}

	private synchronized Optional<Integer> charge(Lease lease) {
		return this.leases.chargeCrash(lease);
	}

	private void lost(HeldJob job) {
		if (job.lose()) {
			this.held.remove(job);
			this.listener.leaseLost(job.job());
		}
	}

	private void end(HeldJob job, RetryPolicy.Verdict verdict) {
		Lease lease = job.finish();
		if (lease != null) {
			this.completer.accept(
					new FinishedJob(job, new Completion(lease, verdict.outcome(), verdict.failure()), Duration.ZERO));
		}
	}

	@Override
	public synchronized void close() {
		this.leases.close();
	}

}
