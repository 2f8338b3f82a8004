package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.ProgressReport;
import io.tasuki.store.Renewal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases of everything this worker holds, in one statement for all that have
 * used a third of theirs, and gives up what has been lost. For the poller's thread,
 * before it claims.
 */
final class Heartbeat {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	private static final long PROGRESS_INTERVAL = Duration.ofSeconds(1).toNanos();

	private final LeaseStore leases;

	private final HeldJobs held;

	private final WorkerListener listener;

	private final Duration leaseDuration;

	private final Consumer<HeldJob> stopped;

	private long lookAt = System.nanoTime();

	private long reportAt = System.nanoTime();

	/**
	 * Creates a heartbeat.
	 * @param stopped is told of running jobs that were stopped because their lease is
	 * gone
	 */
	Heartbeat(LeaseStore leases, HeldJobs held, WorkerListener listener, Duration leaseDuration,
			Consumer<HeldJob> stopped) {
		this.leases = leases;
		this.held = held;
		this.listener = listener;
		this.leaseDuration = leaseDuration;
		this.stopped = stopped;
	}

	/**
	 * Renews what is due and writes progress.
	 * @return nanoseconds until there may be something to do again
	 */
	long beat() {
		long now = System.nanoTime();
		if (now - this.lookAt >= 0) {
			renew(this.leaseDuration.toNanos() / 3);
			this.lookAt = now + this.leaseDuration.toNanos() / 6;
		}
		if (now - this.reportAt >= 0) {
			writeProgress();
			this.reportAt = now + PROGRESS_INTERVAL;
		}
		if (this.held.size() == 0) {
			return this.leaseDuration.toNanos() / 6;
		}
		return Math.min(this.lookAt, this.reportAt) - now;
	}

	/**
	 * Renews everything, however fresh: the connection was away for so long that others
	 * may be about to take over.
	 * @return whether there was anything to renew
	 */
	boolean renewAll() {
		return renew(0);
	}

	private boolean renew(long used) {
		long now = System.nanoTime();
		Map<Lease, HeldJob> due = new HashMap<>();
		for (HeldJob job : this.held.all()) {
			if (now - job.leasedAt() >= used) {
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

	private void writeProgress() {
		List<ProgressReport> reports = new ArrayList<>();
		for (HeldJob job : this.held.all()) {
			ProgressReport report = job.takeProgress();
			if (report != null) {
				reports.add(report);
			}
		}
		if (!reports.isEmpty()) {
			this.leases.writeProgress(reports);
		}
	}

}
