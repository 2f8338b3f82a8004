package io.tasuki.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outlook;
import io.tasuki.store.WakeUp;

/**
 * Looks for due jobs: one thread that renews leases, then claims, then waits until a slot
 * becomes free, a wake-up comes, a job becomes due or the next sweep is.
 */
final class Poller {

	/** So often at most it looks because anything may have changed. */
	private static final long LOOK_ASKED_INTERVAL = Duration.ofMillis(250).toNanos();

	private final LeaseStore leases;

	private final WorkerListener listener;

	private final Heartbeat heartbeat;

	private final Announcer announcer;

	private final Planner planner;

	private final Claimer claimer;

	private final Lines lines;

	private final QueueLimits queueLimits;

	private final Inbox inbox;

	private final Signal signal;

	private final Contact contact;

	private final BooleanSupplier listening;

	private final SweepSchedule sweeps;

	private final DueTimes dueTimes = new DueTimes();

	private final Presence presence;

	private final Thread thread;

	private final CountDownLatch drained = new CountDownLatch(1);

	private boolean looked;

	private boolean askedToLook;

	private long lookAskedAt = System.nanoTime();

	private volatile boolean draining;

	private volatile boolean stopping;

	/**
	 * Creates a poller.
	 * @param listening says whether wake-ups of other instances arrive
	 */
	Poller(WorkerSettings settings, LeaseStore leases, WorkerListener listener, Heartbeat heartbeat,
			Announcer announcer, Planner planner, Claimer claimer, Lines lines, QueueLimits queueLimits, Inbox inbox,
			Signal signal, Contact contact, BooleanSupplier listening) {
		this.leases = leases;
		this.listener = listener;
		this.heartbeat = heartbeat;
		this.announcer = announcer;
		this.planner = planner;
		this.claimer = claimer;
		this.lines = lines;
		this.queueLimits = queueLimits;
		this.inbox = inbox;
		this.signal = signal;
		this.contact = contact;
		this.listening = listening;
		this.sweeps = new SweepSchedule(settings.pollInterval());
		this.presence = new Presence(settings.leaseDuration().dividedBy(3));
		this.thread = new Thread(this::run, "tasuki-poller");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Claims no more; leases are renewed as before.
	 * @param deadline a {@link System#nanoTime()} until which to wait for a claim under
	 * way
	 */
	void drain(long deadline) throws InterruptedException {
		this.draining = true;
		this.signal.give();
		this.drained.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
	}

	boolean draining() {
		return this.draining;
	}

	/**
	 * Ends.
	 * @param deadline a {@link System#nanoTime()} until which to wait for that
	 */
	void stop(long deadline) throws InterruptedException {
		end();
		this.thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
	}

	/**
	 * Tells the thread to end, without waiting for it.
	 */
	void end() {
		this.stopping = true;
		this.signal.give();
	}

	private void run() {
		try {
			while (!this.stopping) {
				this.signal.await(stepOrFail());
			}
			this.announcer.withdraw();
		}
		finally {
			this.leases.close();
		}
	}

	private long stepOrFail() {
		this.presence.stepBegins();
		try {
			long wait = step();
			this.presence.stepSucceeded();
			return wait;
		}
		catch (RuntimeException | Error ex) {
			this.presence.stepFailed();
			this.announcer.failed();
			pause(this.contact.failed(ex));
			return 0;
		}
	}

	/**
	 * Waits without regard to signals, which would turn an outage into a storm of tries.
	 */
	private void pause(long nanos) {
		long end = System.nanoTime() + nanos;
		while (!this.stopping && end - System.nanoTime() > 0) {
			if (this.draining) {
				this.drained.countDown();
			}
			this.signal.await(end - System.nanoTime());
		}
	}

	/**
	 * Does what is to be done now.
	 * @return nanoseconds to wait before the next step, unless a signal comes
	 */
	private long step() {
		comeBack();
		readInbox();
		long wait = this.heartbeat.beat();
		if (this.draining) {
			this.drained.countDown();
			this.announcer.announceDrain();
			return wait;
		}
		lookIfAsked();
		askForDueTimes();
		// The sweep goes first: in a backlog of slow jobs, claims ahead leave it no slot.
		boolean swept = sweep();
		boolean claimed = claimAhead();
		long untilAnnounced = this.announcer.announce();
		if (claimed || swept) {
			this.contact.succeeded();
			return 0;
		}
		long now = System.nanoTime();
		return this.lines.all().isEmpty() ? wait
				: Math.min(
						Math.min(Math.min(wait, untilLookAsked(now)),
								Math.min(this.planner.untilRateAllows(), untilAnnounced)),
						Math.min(this.sweeps.untilNext(now), this.dueTimes.untilNext(now)));
	}

	/**
	 * After an absence, renews what this worker holds before it looks at anything else.
	 */
	private void comeBack() {
		if (this.presence.wasAway()) {
			if (this.heartbeat.renewAll()) {
				this.contact.succeeded();
			}
			// Looks even where nothing was to renew: the others' time begins when the
			// database answers, not when this worker tries to reach it.
			look(this.lines.queues());
			this.presence.isBack();
		}
	}

	private void readInbox() {
		Inbox.Contents contents = this.inbox.take();
		if (contents == null) {
			return;
		}
		long now = System.nanoTime();
		for (WakeUp wakeUp : contents.wakeUps()) {
			if (wakeUp.due()) {
				this.lines.ofQueue(wakeUp.queue())
					.forEach((cursor) -> cursor.pullBack(wakeUp.priority(), wakeUp.position()));
			}
			else if (this.lines.queues().contains(wakeUp.queue())) {
				this.dueTimes.note(wakeUp.queue(), DueTimes.after(now, wakeUp.dueIn()));
			}
		}
		this.heartbeat.askFor(contents.cancelRequests());
		if (contents.all()) {
			this.askedToLook = true;
			this.heartbeat.askForAll();
			heat(this.lines.queues());
			this.sweeps.hurry(now);
		}
	}

	/**
	 * Looks because anything may have changed, so that a queue that was paused is heeded
	 * before it is claimed from again. A sweep may be long in coming, if the last one was
	 * dear.
	 */
	private void lookIfAsked() {
		long now = System.nanoTime();
		if (this.askedToLook && !this.lines.all().isEmpty() && now - this.lookAskedAt >= 0) {
			look(this.lines.queues());
			this.askedToLook = false;
			this.lookAskedAt = now + LOOK_ASKED_INTERVAL;
		}
	}

	private long untilLookAsked(long now) {
		return this.askedToLook ? this.lookAskedAt - now : Long.MAX_VALUE;
	}

	private void heat(Collection<String> queues) {
		queues.forEach((queue) -> this.lines.ofQueue(queue).forEach(LineCursor::heat));
	}

	private void askForDueTimes() {
		Set<String> due = this.dueTimes.takeDue(System.nanoTime());
		if (!due.isEmpty()) {
			heat(due);
			lookOrAgain(due);
		}
	}

	private void lookOrAgain(Set<String> queues) {
		try {
			look(queues);
		}
		catch (RuntimeException | Error ex) {
			queues.forEach((queue) -> this.dueTimes.note(queue, System.nanoTime()));
			throw ex;
		}
	}

	/**
	 * Notes when jobs become due, and heeds how the queues are set. To be done before the
	 * claim, not after: what becomes due between the two is claimed, and what becomes due
	 * later is in the answer.
	 * @return the queues where jobs are due by now
	 */
	private Set<String> look(Set<String> queues) {
		Map<String, Outlook> outlooks = this.leases.look(queues);
		this.presence.answered();
		long now = System.nanoTime();
		Set<String> due = new HashSet<>();
		outlooks.forEach((queue, outlook) -> {
			outlook.nextDueIn().ifPresent((dueIn) -> this.dueTimes.note(queue, DueTimes.after(now, dueIn)));
			if (outlook.due()) {
				due.add(queue);
			}
			this.queueLimits.heed(queue, outlook.limit());
		});
		return due;
	}

	private boolean claimAhead() {
		ClaimPlan plan = this.planner.ahead();
		if (plan.isEmpty()) {
			return false;
		}
		this.claimer.claimAhead(plan);
		this.presence.answered();
		return true;
	}

	private boolean sweep() {
		if (this.sweeps.due(System.nanoTime()) && !this.lines.all().isEmpty()) {
			beginSweep();
		}
		long begin = System.nanoTime();
		ClaimPlan plan = this.planner.sweep();
		if (plan.isEmpty()) {
			return false;
		}
		int found = this.claimer.sweep(plan, mayTakeOver());
		this.presence.answered();
		noteSweep(begin, found > 0);
		return true;
	}

	/**
	 * Looks where a sweep is worth its while: a queue with nothing due costs no claim,
	 * which is most of what an idle worker would ask of its database.
	 */
	private void beginSweep() {
		long begin = System.nanoTime();
		Set<String> due = look(this.lines.queues());
		if (this.looked) {
			// Not before: only now no step of that sweep can follow.
			this.listener.swept(this.sweeps.cost());
		}
		this.sweeps.begin(begin, this.listening.getAsBoolean());
		// The first look opens the connection, which says nothing of what the next ones
		// cost.
		noteSweep(this.looked ? begin : System.nanoTime(), false);
		this.looked = true;
		due.removeIf(this.queueLimits::paused);
		due.forEach((queue) -> this.lines.ofQueue(queue).forEach(LineCursor::startSweep));
		if (due.isEmpty()) {
			this.contact.succeeded();
		}
	}

	private void noteSweep(long begin, boolean found) {
		long end = System.nanoTime();
		this.sweeps.step(end, end - begin, found, this.listening.getAsBoolean());
	}

	/**
	 * Returns whether to take over expired leases. A claim that itself waits in a server
	 * that stands still would take over everybody's jobs when the server goes on, so the
	 * server must have answered a moment ago.
	 */
	private boolean mayTakeOver() {
		if (!this.presence.answeredAMomentAgo()) {
			look(this.lines.queues());
		}
		return this.presence.mayTakeOver();
	}

}
