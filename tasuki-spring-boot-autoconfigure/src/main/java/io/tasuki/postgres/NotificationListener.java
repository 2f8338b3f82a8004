package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other instances tell: one thread with one connection. It speaks to itself
 * now and then, because a connection can be dead without a sign, and behind some poolers
 * one can listen and hear nothing. Of use once: from {@link #start} to {@link #stop}.
 */
final class NotificationListener {

	private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);

	// How long a stop may have to wait, at most.
	private static final Duration PATIENCE = Duration.ofMillis(500);

	private static final Duration SELF_TEST_INTERVAL = Duration.ofSeconds(10);

	private static final Duration SELF_TEST_TIMEOUT = Duration.ofSeconds(5);

	private final DataSource dataSource;

	private final String id;

	private final Receivers receivers;

	private final ReconnectPause reconnectPause = new ReconnectPause();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final Thread thread = new Thread(this::run, "tasuki-notification-listener");

	private volatile @Nullable NotificationConnection connection;

	private volatile boolean connected;

	private boolean away;

	private long selfTests;

	private long lastSelfTestNanos;

	NotificationListener(DataSource dataSource, String id, Receivers receivers) {
		this.dataSource = dataSource;
		this.id = id;
		this.receivers = receivers;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	boolean isConnected() {
		return this.connected;
	}

	/**
	 * Begins to end; {@link #awaitStop} waits for it.
	 */
	void stop() {
		this.stopped.countDown();
	}

	/**
	 * Ends, within about this time.
	 */
	void awaitStop(Duration patience) {
		stop();
		if (!Threads.join(this.thread, patience)) {
			this.thread.interrupt();
			abort();
		}
	}

	private void run() {
		while (!isStopped()) {
			try {
				listen();
			}
			catch (SQLException | RuntimeException ex) {
				this.connected = false;
				abort();
				noteAway(ex);
				rest(this.reconnectPause.next());
			}
		}
		this.connected = false;
		NotificationConnection open = this.connection;
		if (open != null) {
			open.close();
		}
	}

	private boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

	private void listen() throws SQLException {
		NotificationConnection open = NotificationConnection.open(this.dataSource);
		this.connection = open;
		open.listen();
		testItself(open);
		noteConnected();
		while (!isStopped()) {
			receive(open, PATIENCE, "");
			if (System.nanoTime() - this.lastSelfTestNanos > SELF_TEST_INTERVAL.toNanos()) {
				testItself(open);
			}
		}
	}

	private void testItself(NotificationConnection open) throws SQLException {
		String text = WakeUpText.encodeSelfTest(this.id, ++this.selfTests);
		open.send(text);
		long deadline = System.nanoTime() + SELF_TEST_TIMEOUT.toNanos();
		boolean heard = false;
		while (!heard && !isStopped()) {
			if (System.nanoTime() - deadline > 0) {
				throw new SQLException("A notification to itself did not arrive within " + SELF_TEST_TIMEOUT
						+ "; a pooler in transaction mode lets nobody listen");
			}
			heard = receive(open, PATIENCE, text);
		}
		this.lastSelfTestNanos = System.nanoTime();
	}

	private boolean receive(NotificationConnection open, Duration patience, String awaited) throws SQLException {
		boolean heard = false;
		for (String text : open.receive(patience)) {
			heard |= text.equals(awaited);
			deliver(WakeUpText.decode(text));
		}
		return heard;
	}

	private void deliver(WakeUpText text) {
		if (text.sender().equals(this.id)) {
			return;
		}
		if (text.all()) {
			this.receivers.wakeAll();
			return;
		}
		if (!text.cancelRequests().isEmpty()) {
			this.receivers.cancelRequested(text.cancelRequests());
		}
		if (!text.wakeUps().isEmpty()) {
			this.receivers.wake(text.wakeUps());
		}
	}

	// What was said while nobody listened here was missed.
	private void noteConnected() {
		this.reconnectPause.reset();
		this.connected = true;
		if (this.away) {
			this.away = false;
			log.info("Hearing of other instances' new jobs again");
		}
		this.receivers.wakeAll();
	}

	private void noteAway(Exception ex) {
		if (!this.away && !isStopped()) {
			this.away = true;
			log.warn("Cannot hear of other instances' new jobs for now, so polling has to find them: {}",
					ex.toString());
		}
	}

	private void rest(Duration duration) {
		try {
			this.stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			this.stopped.countDown();
		}
	}

	private void abort() {
		NotificationConnection open = this.connection;
		this.connection = null;
		if (open != null) {
			open.abort();
		}
	}

}
