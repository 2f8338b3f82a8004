package io.tasuki.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.tasuki.FoundJob;
import io.tasuki.JobId;
import io.tasuki.JobNotFoundException;
import io.tasuki.JobState;
import io.tasuki.store.JobStore;

/**
 * Waits for the end of one job by looking again and again, ever more seldom: a worker
 * that told of every end would pay for all the jobs that nobody waits for.
 */
final class JobWait {

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

	/** A pause is this part of the wait so far. */
	private static final int PART = 4;

	private final JobStore store;

	private final JobId id;

	JobWait(JobStore store, JobId id) {
		this.store = store;
		this.id = id;
	}

	Optional<FoundJob> forEnd(Duration timeout) throws InterruptedException {
		if (this.store.inTransaction()) {
			throw new IllegalStateException("""
					Job %s cannot be waited for inside a transaction on the queue's data source, which might hold back \
					what it waits for. Wait after the commit""".formatted(this.id));
		}
		long begin = System.nanoTime();
		while (true) {
			FoundJob job = this.store.find(this.id).orElseThrow(() -> new JobNotFoundException(this.id));
			if (hasEnded(job)) {
				return Optional.of(job);
			}
			long waited = System.nanoTime() - begin;
			long left = nanos(timeout) - waited;
			if (left <= 0) {
				return Optional.empty();
			}
			TimeUnit.NANOSECONDS.sleep(Math.min(left, pauseAfter(waited)));
		}
	}

	private static boolean hasEnded(FoundJob job) {
		return job.state() != JobState.AVAILABLE && job.state() != JobState.RUNNING;
	}

	private static long pauseAfter(long waited) {
		return Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, waited / PART));
	}

	private static long nanos(Duration timeout) {
		return TimeUnit.NANOSECONDS.convert(timeout);
	}

}
