package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.store.WakeUp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other instances about work and cancel requests: one thread with one connection,
 * both begun by the first word. A word goes at once unless so many went of late that
 * {@link NotificationPace} makes it wait, and then goes with all that came meanwhile. One
 * about a job that this process's own worker may take waits a moment for that and then
 * need not go: else each job would wake all instances in vain but one. While the database
 * is away the words are merged and kept, or become "all" when there are too many. One
 * lock guards what is pending; only the thread touches the connection. Of use once: after
 * {@link #stop} it sends nothing.
 */
final class NotificationSender {

	private static final Logger log = LoggerFactory.getLogger(NotificationSender.class);

	// More than a claim takes. For the first word; one that comes while it lasts has
	// less.
	private static final long HEAD_START_NANOS = Duration.ofMillis(2).toNanos();

	private final DataSource dataSource;

	private final String id;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition awaitsWord = this.lock.newCondition();

	// Apart from the other, so that a word given meanwhile wakes nobody who goes on
	// resting: with many words a second that would cost more than all else about them.
	private final Condition rests = this.lock.newCondition();

	private final ReconnectPause reconnectPause = new ReconnectPause();

	private final NotificationPace pace = new NotificationPace();

	private Outbox pending = new Outbox();

	private volatile boolean offers;

	private boolean stopping;

	private @Nullable Thread thread;

	private volatile @Nullable NotificationConnection connection;

	private boolean away;

	NotificationSender(DataSource dataSource, String id) {
		this.dataSource = dataSource;
		this.id = id;
	}

	void send(Collection<WakeUp> wakeUps) {
		put((pending) -> pending.add(wakeUps));
	}

	/**
	 * Sends words of due jobs unless they are taken within a moment.
	 */
	void offer(Collection<WakeUp> wakeUps) {
		put((pending) -> {
			pending.addOffered(wakeUps);
			this.offers = pending.hasOffered();
		});
	}

	/**
	 * Notes that this process has taken jobs.
	 * @param jobs which; not looked at unless something is offered
	 */
	void taken(Stream<JobId> jobs) {
		if (!this.offers) {
			return;
		}
		this.lock.lock();
		try {
			this.pending.taken(jobs);
			this.offers = this.pending.hasOffered();
		}
		finally {
			this.lock.unlock();
		}
	}

	void sendCancelRequests(Collection<JobId> jobs) {
		put((pending) -> pending.addCancelRequests(jobs));
	}

	void sendAll() {
		put(Outbox::addEverything);
	}

	private void put(Consumer<Outbox> words) {
		this.lock.lock();
		try {
			if (this.stopping) {
				return;
			}
			words.accept(this.pending);
			startThread();
			this.awaitsWord.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startThread() {
		if (this.thread == null) {
			this.thread = new Thread(this::run, "tasuki-notification-sender");
			this.thread.setDaemon(true);
			this.thread.start();
		}
	}

	private void run() {
		try {
			while (awaitWork()) {
				if (isOfferedOnly()) {
					rest(HEAD_START_NANOS);
					if (isEmpty()) {
						continue;
					}
				}
				boolean sent = sendPending();
				if (!sent && isStopping()) {
					break;
				}
				rest((sent) ? this.pace.untilNext(System.nanoTime()) : this.reconnectPause.next().toNanos());
			}
		}
		catch (InterruptedException ex) {
			log.debug("Interrupted");
		}
		finally {
			disconnect();
			forgetThread();
		}
	}

	private boolean awaitWork() throws InterruptedException {
		this.lock.lock();
		try {
			while (this.pending.isEmpty() && !this.stopping) {
				this.awaitsWord.await();
			}
			return !this.pending.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOfferedOnly() {
		this.lock.lock();
		try {
			return this.pending.isOfferedOnly();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isEmpty() {
		this.lock.lock();
		try {
			return this.pending.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isStopping() {
		this.lock.lock();
		try {
			return this.stopping;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean sendPending() {
		Outbox taken;
		this.lock.lock();
		try {
			taken = this.pending;
			this.pending = new Outbox();
			this.offers = false;
		}
		finally {
			this.lock.unlock();
		}
		this.pace.sent(System.nanoTime());
		boolean sent = sendOnce(taken);
		if (!sent) {
			giveBack(taken);
		}
		return sent;
	}

	// A connection that was idle may have been cut in the meantime, which is no outage.
	private boolean sendOnce(Outbox taken) {
		boolean idle = this.connection != null;
		return trySend(taken, !idle) || (idle && trySend(taken, true));
	}

	private boolean trySend(Outbox taken, boolean outage) {
		try {
			connect().send(taken.text(this.id));
			noteBack();
			return true;
		}
		catch (SQLException | RuntimeException ex) {
			abort();
			if (outage) {
				noteAway(ex);
			}
			return false;
		}
	}

	private NotificationConnection connect() throws SQLException {
		NotificationConnection open = this.connection;
		if (open == null) {
			open = NotificationConnection.open(this.dataSource);
			this.connection = open;
		}
		return open;
	}

	private void noteBack() {
		this.reconnectPause.reset();
		if (this.away) {
			this.away = false;
			log.info("Telling other instances about new jobs again");
		}
	}

	private void noteAway(Exception ex) {
		if (!this.away) {
			this.away = true;
			log.warn("Cannot tell other instances about new jobs for now, so their polling has to find them: {}",
					ex.toString());
		}
	}

	private void giveBack(Outbox taken) {
		this.lock.lock();
		try {
			this.pending.addAll(taken);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void rest(long nanos) throws InterruptedException {
		this.lock.lock();
		try {
			long left = nanos;
			while (left > 0 && !this.stopping) {
				left = this.rests.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void disconnect() {
		NotificationConnection open = this.connection;
		this.connection = null;
		if (open != null) {
			open.close();
		}
	}

	private void abort() {
		NotificationConnection open = this.connection;
		this.connection = null;
		if (open != null) {
			open.abort();
		}
	}

	// After an error the next word begins another one.
	private void forgetThread() {
		this.lock.lock();
		try {
			this.thread = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Sends what is pending and ends, within this time or without having sent it.
	 */
	void stop(Duration patience) {
		Thread running;
		this.lock.lock();
		try {
			this.stopping = true;
			this.awaitsWord.signal();
			this.rests.signal();
			running = this.thread;
		}
		finally {
			this.lock.unlock();
		}
		if (running != null && !Threads.join(running, patience)) {
			running.interrupt();
			abort();
		}
	}

}
