package io.tasuki.worker;

import java.util.List;
import java.util.function.Consumer;

import io.tasuki.Job;
import io.tasuki.RetentionMode;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/**
 * A job this worker holds a lease on, from the claim until its outcome is recorded. Its
 * own lock guards the lease, the phase and the thread, so that nobody interrupts a thread
 * that has gone on to another job.
 */
final class HeldJob {

	// Read by several threads, each of which would have to go through four objects else
	// that another processor wrote.
	private final long id;

	private final ClaimedJob claimed;

	private final HandlerRegistration registration;

	private final Line line;

	private final long claimedAt;

	private Lease lease;

	private long leasedAt;

	private Phase phase = Phase.WAITING;

	private @Nullable Thread thread;

	/** Where the attempt was begun, until that thread has come back from the handler. */
	private @Nullable Thread runsOn;

	private volatile @Nullable Stop stop;

	/** What the handler said; {@code null} as long as that is nothing. */
	private volatile @Nullable Reporting reporting;

	/** The jobs that run together with this one; {@code null} if it runs alone. */
	private @Nullable Batch batch;

	private volatile boolean held = true;

	/** What was taken with this job to run in the same slot. */
	private List<HeldJob> company = List.of();

	/**
	 * Creates a job that waits for a slot.
	 * @param leasedAt a {@link System#nanoTime()} at which the lease had not yet begun
	 */
	HeldJob(ClaimedJob claimed, HandlerRegistration registration, Line line, long leasedAt) {
		this.id = claimed.job().id().value();
		this.claimed = claimed;
		this.registration = registration;
		this.line = line;
		this.lease = claimed.lease();
		this.leasedAt = leasedAt;
		this.claimedAt = leasedAt;
	}

	long id() {
		return this.id;
	}

	Job job() {
		return this.claimed.job();
	}

	ClaimedJob claimed() {
		return this.claimed;
	}

	HandlerRegistration registration() {
		return this.registration;
	}

	/**
	 * Returns what is kept of the job once it has ended.
	 */
	RetentionMode retention() {
		RetentionMode handlers = this.registration.completion().retention();
		return (handlers != null) ? handlers : this.line.retention();
	}

	Line line() {
		return this.line;
	}

	boolean suspect() {
		return this.claimed.suspect();
	}

	/**
	 * Returns whether this job was started as a suspect before, and its worker died
	 * again.
	 */
	boolean graveSuspect() {
		return this.claimed.crashes() >= 2;
	}

	/**
	 * Notes that this worker does not hold the job any more. Of grave suspects only.
	 */
	void letGo() {
		this.held = false;
	}

	boolean isHeld() {
		return this.held;
	}

	synchronized Lease lease() {
		return this.lease;
	}

	synchronized long leasedAt() {
		return this.leasedAt;
	}

	/**
	 * Returns a {@link System#nanoTime()} since which this worker holds the job.
	 */
	long claimedAt() {
		return this.claimedAt;
	}

	synchronized void renewed(Lease lease, long leasedAt) {
		if (lease.equals(this.lease)) {
			this.leasedAt = leasedAt;
		}
	}

	/**
	 * Goes on under another lease of this worker on the same attempt: the first one was
	 * forgotten by a server that crashed, or ran out while the connection was away.
	 * @return {@code false} if the job is not running here, or another attempt is
	 */
	synchronized boolean adopt(ClaimedJob again, long leasedAt) {
		if (this.phase != Phase.RUNNING || again.job().attempt() != this.claimed.job().attempt()) {
			return false;
		}
		this.lease = again.lease();
		this.leasedAt = leasedAt;
		if (again.cancelRequested()) {
			cancel();
		}
		return true;
	}

	/**
	 * Returns the jobs that were taken with this one to run in the same slot. For those
	 * who have it in hand, one after the other.
	 */
	List<HeldJob> company() {
		return this.company;
	}

	void company(List<HeldJob> company) {
		this.company = company;
	}

	/**
	 * Returns the jobs that run together with this one; {@code null} if it runs alone.
	 */
	synchronized @Nullable Batch batch() {
		return this.batch;
	}

	/**
	 * Begins the attempt on this thread, as one of several.
	 * @return {@code false} if the job no longer waits
	 */
	synchronized boolean start(Batch batch) {
		this.batch = start() ? batch : null;
		return this.batch != null;
	}

	/**
	 * Begins the attempt on this thread.
	 * @return {@code false} if the job no longer waits
	 */
	synchronized boolean start() {
		if (this.phase != Phase.WAITING) {
			return false;
		}
		this.phase = Phase.RUNNING;
		this.thread = Thread.currentThread();
		this.runsOn = this.thread;
		return true;
	}

	/**
	 * Ends the attempt, or the wait for it. From here on nobody interrupts the thread.
	 * @return the lease under which to record the outcome; {@code null} when there is
	 * none to record, because the lease was lost or somebody else has ended it
	 */
	synchronized @Nullable Lease finish() {
		boolean held = this.phase == Phase.WAITING || this.phase == Phase.RUNNING;
		if (held) {
			over(Phase.FINISHED);
		}
		this.thread = null;
		return held ? this.lease : null;
	}

	/**
	 * Ends an attempt that was asked to stop because its time is over, although its
	 * thread goes on.
	 * @return the lease under which to record this end; {@code null} if there is none to
	 * record
	 */
	synchronized @Nullable Lease expire() {
		return (this.phase == Phase.RUNNING && this.stop == Stop.TIMED_OUT) ? finish() : null;
	}

	/**
	 * Calls an action if the attempt is over but its thread goes on. The thread does not
	 * come back before the action has.
	 * @return whether that is so
	 */
	synchronized boolean whileItGoesOn(Consumer<Thread> action) {
		boolean over = this.phase == Phase.FINISHED || this.phase == Phase.LOST;
		if (over && this.runsOn != null) {
			action.accept(this.runsOn);
			return true;
		}
		return false;
	}

	/**
	 * Notes that the thread has come back from an attempt that somebody else has ended.
	 */
	synchronized void cameBack() {
		this.runsOn = null;
	}

	/**
	 * Ends the wait of a job that somebody has cancelled; asks an attempt under way to
	 * stop, once.
	 * @return the lease under which to record the end of a job that waited; {@code null}
	 * when there is nothing to record yet
	 */
	synchronized @Nullable Lease cancel() {
		if (this.phase == Phase.RUNNING && this.stop == null) {
			interrupt(Stop.CANCELLED);
		}
		return endWait();
	}

	/**
	 * Ends the wait of a job, wherever it waits: for its thread, for a gate, for its
	 * transaction.
	 * @return the lease under which to hand it back; {@code null} if it does not wait
	 */
	synchronized @Nullable Lease endWait() {
		return (this.phase == Phase.WAITING) ? finish() : null;
	}

	/**
	 * Asks an attempt under way to stop because the worker does.
	 */
	synchronized void shutDown() {
		interrupt(Stop.SHUTDOWN);
	}

	/**
	 * Gives the job up because its lease is gone, and stops its thread.
	 * @return whether this was news: the job was waiting or running
	 */
	synchronized boolean lose() {
		if (this.phase != Phase.WAITING && this.phase != Phase.RUNNING) {
			return false;
		}
		interrupt(Stop.LEASE_LOST);
		over(Phase.LOST);
		return true;
	}

	private void over(Phase phase) {
		this.phase = phase;
		if (this.batch != null) {
			this.batch.over();
			if (this.stop == null) {
				this.batch.leave();
			}
		}
	}

	/**
	 * Asks the running attempt to stop, by flag and by interrupt. Asked again, it goes by
	 * the first reason, unless the lease was lost, or its time is over and it did not
	 * heed a cancel: it must be able to end without its thread then.
	 */
	synchronized void interrupt(Stop why) {
		boolean overdue = this.stop == Stop.CANCELLED && why == Stop.TIMED_OUT;
		if (this.batch != null && this.stop == null) {
			this.batch.leave();
		}
		if (this.stop == null || why == Stop.LEASE_LOST || overdue) {
			this.stop = why;
		}
		if (this.thread != null && concernsTheThread(why)) {
			this.thread.interrupt();
		}
	}

	/** That one job of a batch is cancelled or lost is no reason to stop the others. */
	private boolean concernsTheThread(Stop why) {
		return this.batch == null || why == Stop.SHUTDOWN || why == Stop.TIMED_OUT || this.batch.isDeserted();
	}

	/**
	 * Returns why the attempt was asked to stop; {@code null} if it was not.
	 */
	@Nullable Stop stop() {
		return this.stop;
	}

	/**
	 * Returns the thread of the running attempt; {@code null} if none runs.
	 */
	synchronized @Nullable Thread thread() {
		return this.thread;
	}

	/**
	 * Returns whether the attempt runs and its outcome will count.
	 */
	synchronized boolean isRunning() {
		return this.phase == Phase.RUNNING;
	}

	/**
	 * Returns whether the attempt is over and its outcome not recorded yet.
	 */
	synchronized boolean isFinished() {
		return this.phase == Phase.FINISHED;
	}

	/**
	 * Takes note of what the handler says, unless the attempt is over.
	 */
	synchronized void report(Consumer<Reporting> saying) {
		if (this.phase == Phase.RUNNING) {
			Reporting reporting = this.reporting;
			if (reporting == null) {
				reporting = new Reporting(this.claimed);
				this.reporting = reporting;
			}
			saying.accept(reporting);
		}
	}

	/**
	 * Returns what the handler of a running attempt said and what is not known to be
	 * written; {@code null} if there is nothing.
	 */
	@Nullable Report unwritten() {
		return (this.reporting != null && isRunning()) ? unwritten(lease()) : null;
	}

	/**
	 * Returns what is to be written with the end of an attempt; {@code null} if there is
	 * nothing.
	 * @param lease the lease under which to record that end
	 */
	@Nullable Report unwritten(Lease lease) {
		Reporting reporting = this.reporting;
		return (reporting != null) ? reporting.unwritten(lease) : null;
	}

	/**
	 * Notes that something the handler said was written.
	 */
	void written(Report report) {
		Reporting reporting = this.reporting;
		if (reporting != null) {
			reporting.written(report);
		}
	}

	private enum Phase {

		WAITING, RUNNING, FINISHED, LOST

	}

	/** Why an attempt was asked to stop. */
	enum Stop {

		LEASE_LOST, SHUTDOWN, TIMED_OUT, CANCELLED

	}

}
