package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.tasuki.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots of one run that are stuck: their attempt is over, or no longer this worker's,
 * but its thread did not heed its interruption and goes on. No other job runs there until
 * it comes back. Safe for use by many threads.
 */
final class StuckSlots {

	private static final Logger logger = LoggerFactory.getLogger(StuckSlots.class);

	/** By job, or by batch. */
	private final Map<Object, Stuck> stuck = new ConcurrentHashMap<>();

	/**
	 * Counts the slot of an attempt that is over, if its thread goes on, and not for
	 * other jobs of a batch.
	 * @param why completes the sentence "the slot is stuck: …"
	 */
	void add(HeldJob job, String why) {
		job.whileItGoesOn((thread) -> {
			Batch batch = job.batch();
			boolean forOthers = batch != null && batch.isRunning();
			Stuck stuck = new Stuck(job.job(), thread.getName(), why, System.nanoTime());
			if (!forOthers && this.stuck.putIfAbsent(slot(job), stuck) == null) {
				logger.warn("The slot of {} is stuck: {}", job.job(), why, standing(thread));
			}
		});
	}

	private static Object slot(HeldJob job) {
		Batch batch = job.batch();
		return (batch != null) ? batch : job;
	}

	/**
	 * Returns something to print that says where a thread stands now.
	 */
	static Throwable standing(Thread thread) {
		Throwable standing = new Throwable("Thread '%s' stands here".formatted(thread.getName()));
		standing.setStackTrace(thread.getStackTrace());
		return standing;
	}

	/**
	 * Notes that the thread has come back from an attempt that somebody else has ended.
	 */
	void cameBack(HeldJob job) {
		job.cameBack();
		Stuck stuck = this.stuck.remove(slot(job));
		if (stuck != null) {
			logger.info("The slot of {} is free again after {}", job.job(), RetryPolicy.text(stuck.age()));
		}
	}

	int count() {
		return this.stuck.size();
	}

	List<StuckSlot> all() {
		return this.stuck.values().stream().map(Stuck::slot).toList();
	}

	private record Stuck(Job job, String thread, String why, long since) {

		Duration age() {
			return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.since));
		}

		StuckSlot slot() {
			return new StuckSlot(this.job.id(), this.job.kind(), this.job.queue(), this.job.attempt(), this.thread,
					age(), this.why);
		}

	}

}
