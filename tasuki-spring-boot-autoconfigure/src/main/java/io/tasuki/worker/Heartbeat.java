package io.tasuki.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.tasuki.JobId;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Renewal;
import io.tasuki.store.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of everything this worker holds, in one statement for all that have
 * used a third of theirs, gives up what has been lost and passes on what somebody has
 * cancelled. A word that somebody did so only makes it renew that lease at once: what the
 * answer says counts. For the poller's thread, before it claims.
 */
final class Heartbeat {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	private static final long REPORT_INTERVAL = Duration.ofSeconds(1).toNanos();

	/**
	 * So often at most everything is renewed because anything may have been cancelled.
	 */
	private static final long ASK_ALL_INTERVAL = Duration.ofMillis(500).toNanos();

	private final LeaseStore leases;

	private final HeldJobs held;

	private final WorkerListener listener;

	private final Duration leaseDuration;

	private final Consumer<HeldJob> stopped;

	private final Consumer<HeldJob> cancelled;

	private final Set<JobId> asked = new HashSet<>();

	private boolean askedForAll;

	private long lookAt = System.nanoTime();

	private long askAllAt = System.nanoTime();

	private long reportAt = System.nanoTime();

	/**
	 * Creates a heartbeat.
	 * @param stopped is told of running jobs that were stopped because their lease is
	 * gone
	 * @param cancelled is told, once or more often, of jobs that somebody has cancelled
	 */
	Heartbeat(LeaseStore leases, HeldJobs held, WorkerListener listener, Duration leaseDuration,
			Consumer<HeldJob> stopped, Consumer<HeldJob> cancelled) {
		this.leases = leases;
		this.held = held;
		this.listener = listener;
		this.leaseDuration = leaseDuration;
		this.stopped = stopped;
		this.cancelled = cancelled;
	}

	/**
	 * Has the next beat find out whether somebody has cancelled these jobs, where they
	 * are held here.
	 */
	void askFor(Collection<JobId> jobs) {
		this.asked.addAll(jobs);
	}

	/**
	 * Has one of the next beats find out what somebody has cancelled of all that is held.
	 */
	void askForAll() {
		this.askedForAll = true;
	}

	/**
	 * Renews what is due or was asked for, and writes what handlers said.
	 * @return nanoseconds until there may be something to do again
	 */
	long beat() {
		long now = System.nanoTime();
		if (now - this.lookAt >= 0) {
			renew((job) -> now - job.leasedAt() >= this.leaseDuration.toNanos() / 3);
			this.lookAt = now + this.leaseDuration.toNanos() / 6;
		}
		renewAsked(now);
		if (now - this.reportAt >= 0) {
			writeReports();
			this.reportAt = now + REPORT_INTERVAL;
		}
		if (this.held.size() == 0) {
			return this.leaseDuration.toNanos() / 6;
		}
		long next = Math.min(this.lookAt, this.reportAt);
		return (this.askedForAll ? Math.min(next, this.askAllAt) : next) - now;
	}

	private void renewAsked(long now) {
		if (this.askedForAll && now - this.askAllAt >= 0) {
			renewAll();
			this.askAllAt = now + ASK_ALL_INTERVAL;
		}
		if (!this.asked.isEmpty()) {
			renew((job) -> this.asked.contains(job.job().id()));
			this.asked.clear();
		}
	}

	/**
	 * Renews everything, however fresh: the connection was away for so long that others
	 * may be about to take over, or anything may have been cancelled.
	 * @return whether there was anything to renew
	 */
	boolean renewAll() {
		boolean any = renew((job) -> true);
		this.asked.clear();
		this.askedForAll = false;
		return any;
	}

	private boolean renew(Predicate<HeldJob> which) {
		long now = System.nanoTime();
		Map<Lease, HeldJob> due = new HashMap<>();
		for (HeldJob job : this.held.all()) {
			if (which.test(job)) {
				due.put(job.lease(), job);
			}
		}
		if (due.isEmpty()) {
			return false;
		}
		Renewal renewal = this.leases.renew(due.keySet(), this.leaseDuration);
		due.forEach((lease, job) -> {
			if (renewal.renewed().contains(lease)) {
				job.renewed(lease, now);
			}
			else if (renewal.lost().contains(lease)) {
				lost(lease, job);
			}
			if (renewal.cancelRequested().contains(lease)) {
				this.cancelled.accept(job);
			}
		});
		return true;
	}

	private void lost(Lease lease, HeldJob job) {
		// One that has finished is the completer's: its absence may mean that it was
		// written.
		if (job.lease().equals(lease) && job.lose()) {
			this.held.remove(job);
			logger.warn("The lease of {} was lost: another worker runs it now, this run is stopped", job.job());
			this.listener.leaseLost(job.job());
			this.stopped.accept(job);
		}
	}

	/** What is not written now, because its row is locked, is given again next time. */
	private void writeReports() {
		Map<Report, HeldJob> reports = new IdentityHashMap<>();
		for (HeldJob job : this.held.all()) {
			Report report = job.unwritten();
			if (report != null) {
				reports.put(report, job);
			}
		}
		if (!reports.isEmpty()) {
			Set<Lease> written = this.leases.writeReports(reports.keySet());
			reports.forEach((report, job) -> {
				if (written.contains(report.lease())) {
					job.written(report);
				}
			});
		}
	}

}
