package io.tasuki.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * Wake-ups and cancel requests over PostgreSQL's NOTIFY and LISTEN, and directly inside
 * this process. Uses up to two connections: one from the first word on, one while there
 * are subscriptions.
 *
 * <p>
 * Works from its creation on and again after a {@link #start}. Safe for use by many
 * threads.
 */
public final class PostgresJobNotifications implements JobNotifications, AutoCloseable {

	private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);

	private final DataSource dataSource;

	private final boolean listens;

	private final String id = Long.toHexString(ThreadLocalRandom.current().nextLong());

	private final Receivers receivers = new Receivers();

	private volatile NotificationSender sender;

	private volatile @Nullable NotificationListener listener;

	private @Nullable NotificationListener ending;

	private boolean running = true;

	/**
	 * Creates notifications; nothing is connected yet.
	 * @param dataSource gives the connections; not one that the application may exhaust
	 * @param listens whether to listen to other instances; {@code false} behind a pooler
	 * in transaction mode
	 */
	public PostgresJobNotifications(DataSource dataSource, boolean listens) {
		this.dataSource = dataSource;
		this.listens = listens;
		this.sender = new NotificationSender(dataSource, this.id);
	}

	@Override
	public void send(Collection<WakeUp> wakeUps) {
		if (wakeUps.isEmpty()) {
			return;
		}
		List<WakeUp> copy = List.copyOf(wakeUps);
		if (this.receivers.isEmpty()) {
			this.sender.send(copy);
			return;
		}
		this.receivers.wake(copy);
		if (copy.stream().allMatch((wakeUp) -> wakeUp.single() && wakeUp.due())) {
			this.sender.offer(copy);
		}
		else {
			this.sender.send(copy);
		}
	}

	@Override
	public void sendCancelRequests(Collection<JobId> jobs) {
		if (jobs.isEmpty()) {
			return;
		}
		List<JobId> copy = List.copyOf(jobs);
		this.receivers.cancelRequested(copy);
		this.sender.sendCancelRequests(copy);
	}

	@Override
	public void sendAll() {
		this.receivers.wakeAll();
		this.sender.sendAll();
	}

	@Override
	public synchronized Subscription subscribe(Receiver receiver) {
		Receivers.Link link = this.receivers.add(receiver);
		startListener();
		return new LinkSubscription(link);
	}

	private void startListener() {
		if (this.running && this.listens && this.listener == null) {
			NotificationListener started = new NotificationListener(this.dataSource, this.id, this.receivers);
			this.listener = started;
			started.start();
		}
	}

	private void unsubscribe(Receivers.Link link) {
		this.receivers.remove(link);
		synchronized (this) {
			if (this.receivers.isEmpty()) {
				stopListener();
			}
		}
	}

	// Without waiting, since it may take half a second.
	private void stopListener() {
		NotificationListener stopped = this.listener;
		if (stopped != null) {
			this.listener = null;
			this.ending = stopped;
			stopped.stop();
		}
	}

	/**
	 * Works again after a {@link #stop}; subscriptions that are still open hear again.
	 */
	public synchronized void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		this.sender = new NotificationSender(this.dataSource, this.id);
		if (!this.receivers.isEmpty()) {
			startListener();
		}
	}

	/**
	 * Sends what is still to be sent, if that takes no more than about a second, and
	 * gives the connections back. From then on only subscriptions of this process are
	 * told.
	 */
	public synchronized void stop() {
		if (!this.running) {
			return;
		}
		this.running = false;
		stopListener();
		this.sender.stop(STOP_PATIENCE);
		if (this.ending != null) {
			this.ending.awaitStop(STOP_PATIENCE);
		}
	}

	@Override
	public void close() {
		stop();
	}

	private final class LinkSubscription implements Subscription {

		private final Receivers.Link link;

		private final AtomicBoolean closed = new AtomicBoolean();

		LinkSubscription(Receivers.Link link) {
			this.link = link;
		}

		@Override
		public boolean connected() {
			NotificationListener running = PostgresJobNotifications.this.listener;
			return !this.closed.get() && running != null && running.isConnected();
		}

		@Override
		public void taken(Stream<JobId> jobs) {
			PostgresJobNotifications.this.sender.taken(jobs);
		}

		@Override
		public void close() {
			if (this.closed.compareAndSet(false, true)) {
				unsubscribe(this.link);
			}
		}

	}

}
