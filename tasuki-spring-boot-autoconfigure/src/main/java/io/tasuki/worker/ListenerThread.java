package io.tasuki.worker;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.tasuki.Job;
import io.tasuki.JobListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one listener, one event after the other. What waits for it is bounded, in events
 * and in the payloads they hold on to: where it is too slow, or never comes back, events
 * are left out and counted. Safe for use by many threads.
 */
final class ListenerThread {

	private static final Logger logger = LoggerFactory.getLogger(ListenerThread.class);

	private static final int MOST_WAITING = 10_000;

	/** Characters of payloads beyond which no more events wait. */
	private static final long MOST_PAYLOAD = 16_000_000;

	private final JobListener listener;

	private final AtomicLong payload = new AtomicLong();

	private final AtomicLong leftOut = new AtomicLong();

	private final ThreadPoolExecutor executor;

	ListenerThread(JobListener listener) {
		this.listener = listener;
		this.executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
				ListenerThread::thread);
	}

	private static Thread thread(Runnable command) {
		Thread thread = new Thread(command, "tasuki-job-listener");
		thread.setDaemon(true);
		return thread;
	}

	void tell(Job job, Consumer<JobListener> call) {
		String payload = job.payload();
		int length = (payload != null) ? payload.length() : 0;
		if (this.payload.get() > MOST_PAYLOAD) {
			leaveOut();
			return;
		}
		this.payload.addAndGet(length);
		try {
			this.executor.execute(() -> call(call, length));
		}
		catch (RejectedExecutionException ex) {
			this.payload.addAndGet(-length);
			leaveOut();
		}
	}

	private void leaveOut() {
		if (this.leftOut.getAndIncrement() == 0 && !this.executor.isShutdown()) {
			logger.warn("Job listener {} does not keep up, so it is not told of every event", this.listener);
		}
	}

	private void call(Consumer<JobListener> call, int length) {
		this.payload.addAndGet(-length);
		try {
			call.accept(this.listener);
		}
		catch (Throwable ex) {
			logger.warn("Job listener {} failed, which changes nothing for the job", this.listener, ex);
		}
		if (this.executor.getQueue().isEmpty()) {
			sayWhatWasLeftOut();
		}
	}

	private void sayWhatWasLeftOut() {
		long count = this.leftOut.get();
		if (count > 0 && this.leftOut.compareAndSet(count, 0)) {
			logger.warn("Job listener {} keeps up again; it was not told of {} events", this.listener, count);
		}
	}

	/**
	 * Takes no more events.
	 */
	void end() {
		this.executor.shutdown();
	}

	/**
	 * Waits until the listener has heard what waits for it.
	 * @param deadline a {@link System#nanoTime()} at which to give up
	 */
	void awaitEnd(long deadline) {
		try {
			if (this.executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		int untold = this.executor.shutdownNow().size();
		logger.warn("Job listener {} was not told of the last {} events, as it did not keep up", this.listener, untold);
	}

}
