package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outcome;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WorkerStores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker from one start to one stop: puts its parts together, and takes them down in
 * order.
 */
final class WorkerRun {

	private static final Logger logger = LoggerFactory.getLogger(WorkerRun.class);

	/** Part of the shutdown timeout that is kept for handing back. */
	private static final int HAND_BACK_SHARE = 4;

	private static final Duration LONGEST_HAND_BACK = Duration.ofSeconds(4);

	private final WorkerSettings settings;

	private final JobNotifications notifications;

	private final HeldJobs held = new HeldJobs(this::graveSuspectLetGo);

	private final Signal signal = new Signal();

	private final Inbox inbox = new Inbox(this.signal);

	private final Contact polling;

	private final Contact completing;

	private final Slots slots;

	private final StuckSlots stuckSlots;

	private final Timeouts timeouts;

	private final Suspects suspects;

	private final QueueLimits queueLimits;

	private final Planner planner;

	private final Completer completer;

	private final Poller poller;

	private final JobNotifications.Subscription subscription;

	WorkerRun(WorkerSettings settings, HandlerRegistry handlers, WorkerStores stores, JobNotifications notifications,
			WorkerListener listener, Executor executor, ExecutionRules rules, StuckSlots stuckSlots) {
		this.settings = settings;
		this.notifications = notifications;
		this.stuckSlots = stuckSlots;
		// Below a third of a lease, so that leases are renewed in time when an outage
		// ends.
		Duration longestWait = settings.leaseDuration().dividedBy(6);
		this.polling = new Contact("the poller", longestWait, settings.leaseDuration());
		this.completing = new Contact("the completer", longestWait, settings.leaseDuration());
		DatabaseClock clock = new DatabaseClock();
		Lines lines = Lines.of(settings, handlers, rules);
		RetryPolicy retryPolicy = new RetryPolicy(settings);
		CompletionStore completions = stores.openCompletionStore();
		this.completer = new Completer(completions, this.held, listener, this::wake, this::settled, this.completing);
		this.suspects = new Suspects(stores.openLeaseStore(), this.held, retryPolicy, this.completer::accept, listener);
		this.timeouts = new Timeouts(retryPolicy, this.completer::accept, stuckSlots, Timeouts.GRACE);
		Attempts attempts = new Attempts(retryPolicy, this.timeouts, stuckSlots, listener, this::draining, clock);
		Gates gates = Gates.of(rules.gates(), retryPolicy, this.completer::accept);
		JoinedRunner joinedRunner = new JoinedRunner(attempts, retryPolicy, this.held, this.completer, listener);
		BatchRunner batchRunner = new BatchRunner(gates, this.suspects,
				new BatchCalls(attempts, retryPolicy, this.completer::accept), joinedRunner, this.completer::accept);
		JobRunner runner = new JobRunner(gates, this.suspects, attempts, joinedRunner, batchRunner,
				this.completer::accept);
		this.slots = new Slots(settings.concurrency(), lines.all().stream().map(LineCursor::line).toList(), executor,
				(job) -> run(runner, job), this.signal::give);
		this.queueLimits = new QueueLimits(lines, this.slots, this::handBack);
		this.planner = new Planner(this.slots, this.held, lines.all(), settings.concurrency());
		LeaseStore leases = stores.openLeaseStore();
		Claimer claimer = new Claimer(leases, handlers, lines, this.held, this::assign, settings.leaseDuration(),
				this.timeouts::awaitReturn);
		Heartbeat heartbeat = new Heartbeat(leases, this.held, listener, settings.leaseDuration(),
				this.timeouts::awaitReturn, this::cancel);
		this.subscription = notifications.subscribe(this.inbox);
		Announcer announcer = new Announcer(settings, handlers, leases, lines, this.slots, this.held, clock);
		this.poller = new Poller(settings, leases, listener, heartbeat, announcer, this.planner, claimer, lines,
				this.queueLimits, this.inbox, this.signal, this.polling, this.subscription::connected);
		logger.info("Worker starts with {} slots: {}", settings.concurrency(), lines.describe());
	}

	private void run(JobRunner runner, HeldJob job) {
		try {
			runner.run(job);
		}
		catch (Throwable ex) {
			// Out of memory between the outcome and its acceptance: held for ever, the
			// job would
			// be renewed for ever. Let go, it runs again when its lease is over.
			letGo(job);
			job.company().forEach(this::letGo);
		}
	}

	private void letGo(HeldJob job) {
		this.held.remove(job);
		this.stuckSlots.cameBack(job);
	}

	private void graveSuspectLetGo(HeldJob job) {
		this.slots.letGo(job);
	}

	void start() {
		this.completer.start();
		this.poller.start();
	}

	boolean draining() {
		return this.poller.draining();
	}

	private void assign(List<HeldJob> jobs) {
		this.subscription.taken(jobs.stream().map((job) -> job.job().id()));
		if (draining()) {
			jobs.forEach(this::handBack);
		}
		else {
			this.slots.add(this.queueLimits.admitted(wanted(jobs)));
		}
	}

	/**
	 * Ends, before they get a slot or are charged for anything, the jobs that somebody
	 * cancelled and whose worker died before it saw to that.
	 */
	private List<HeldJob> wanted(List<HeldJob> jobs) {
		jobs.stream().filter((job) -> job.claimed().cancelRequested()).forEach(this::cancel);
		return jobs.stream().filter((job) -> !job.claimed().cancelRequested()).toList();
	}

	private void cancel(HeldJob job) {
		Lease lease = job.cancel();
		if (lease != null) {
			Completion cancelled = new Completion(lease, Outcome.Cancelled.BY_REQUEST, null);
			this.completer.accept(new FinishedJob(job, cancelled, Duration.ZERO));
		}
	}

	/**
	 * Passes on that jobs became available again: to the poller, or, when it claims no
	 * more, to other instances.
	 */
	private void wake(List<WakeUp> wakeUps) {
		if (draining()) {
			this.notifications.send(wakeUps);
		}
		else {
			this.inbox.wake(wakeUps);
		}
	}

	private void settled() {
		if (this.planner.waitsForCompleter()) {
			this.signal.give();
		}
	}

	/**
	 * Stops within the shutdown timeout.
	 * @throws InterruptedException if interrupted; everything is told to end then, but
	 * not waited for
	 */
	void stop() throws InterruptedException {
		try {
			stopInOrder();
		}
		finally {
			this.completer.giveUp();
			this.poller.end();
			this.subscription.close();
			this.suspects.close();
			this.timeouts.close();
			logger.info("Worker stopped");
		}
	}

	private void stopInOrder() throws InterruptedException {
		long deadline = System.nanoTime() + this.settings.shutdownTimeout().toNanos();
		long reserve = Math.min(this.settings.shutdownTimeout().toNanos() / HAND_BACK_SHARE,
				LONGEST_HAND_BACK.toNanos());
		long graceEnd = deadline - reserve;
		this.poller.drain(graceEnd);
		this.slots.clear().forEach(this::handBack);
		int running = this.slots.held() - this.stuckSlots.count();
		if (running > 0) {
			logger.info("Worker stops as soon as {} running jobs are done, at the latest in {} s", running,
					this.settings.shutdownTimeout().toSeconds());
		}
		if (!this.slots.awaitIdle(graceEnd, this.stuckSlots::count)) {
			interrupt(graceEnd + reserve / 2);
		}
		this.completer.stop(deadline - reserve / 8);
		this.poller.stop(deadline);
	}

	/**
	 * Ends the grace period: interrupts what still runs, and hands back what does not
	 * heed it, to run elsewhere although it may still be running here.
	 */
	private void interrupt(long until) throws InterruptedException {
		// First, or a thread that an interruption frees would start one that waits for
		// it.
		List<HeldJob> begun = this.held.all().stream().filter((job) -> !handBack(job, job.endWait())).toList();
		begun.forEach(HeldJob::shutDown);
		if (!this.slots.awaitIdle(until, this.stuckSlots::count)) {
			this.held.all().forEach(this::giveUp);
		}
	}

	private void giveUp(HeldJob job) {
		if (!this.timeouts.expire(job) && handBack(job)) {
			this.stuckSlots.add(job, "the worker stops and hands it back, and it does not heed its interruption");
		}
	}

	private boolean handBack(HeldJob job) {
		return handBack(job, job.finish());
	}

	private boolean handBack(HeldJob job, @Nullable Lease lease) {
		if (lease == null) {
			return false;
		}
		Outcome outcome = new Outcome.HandedBack(job.claimed().crashes());
		this.completer.accept(new FinishedJob(job, new Completion(lease, outcome, null), Duration.ZERO));
		return true;
	}

	WorkerLoad load() {
		int unwritten = (int) this.held.all().stream().filter(HeldJob::isFinished).count();
		return this.slots.load(unwritten);
	}

	WorkerHealth health(boolean running, int stuckSlots) {
		String error = (this.polling.lastError() != null) ? this.polling.lastError() : this.completing.lastError();
		return new WorkerHealth(running, error == null && this.polling.sinceSuccess() != null,
				this.polling.sinceSuccess(), error, this.subscription.connected(), this.completer.archiving(),
				stuckSlots);
	}

}
