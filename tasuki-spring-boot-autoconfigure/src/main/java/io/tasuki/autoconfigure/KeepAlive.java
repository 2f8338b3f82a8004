package io.tasuki.autoconfigure;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM running while a worker does: all threads of a worker are daemons, so that
 * none of them can hinder its end, and an application without a web server would
 * otherwise be over when its main method is.
 */
final class KeepAlive {

	private @Nullable CountDownLatch end;

	synchronized void start() {
		if (this.end == null) {
			CountDownLatch end = new CountDownLatch(1);
			Thread thread = new Thread(() -> await(end), "tasuki-keep-alive");
			thread.setDaemon(false);
			thread.start();
			this.end = end;
		}
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized void stop() {
		if (this.end != null) {
			this.end.countDown();
			this.end = null;
		}
	}

}
