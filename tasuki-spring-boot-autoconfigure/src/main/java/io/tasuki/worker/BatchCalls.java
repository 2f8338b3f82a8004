package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.TasukiException;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Calls batch handlers and turns whatever comes back or is thrown into a verdict for each
 * job. Never throws.
 */
final class BatchCalls {

	private final Attempts attempts;

	private final RetryPolicy retryPolicy;

	private final Consumer<FinishedJob> completer;

	BatchCalls(Attempts attempts, RetryPolicy retryPolicy, Consumer<FinishedJob> completer) {
		this.attempts = attempts;
		this.retryPolicy = retryPolicy;
		this.completer = completer;
	}

	/**
	 * Starts jobs and makes one attempt of each in one call. Jobs that cannot be read end
	 * at once; they are no part of what it came to.
	 */
	Call make(List<HeldJob> jobs, HandlerBatch batch) {
		return make(jobs, batch.handler());
	}

	private <T> Call make(List<HeldJob> jobs, BatchHandler<T> handler) {
		long begin = System.nanoTime();
		List<HeldJob> members = new ArrayList<>(jobs.size());
		List<T> values = new ArrayList<>(jobs.size());
		for (HeldJob job : start(jobs)) {
			try {
				values.add(handler.read(this.attempts.begin(job)));
				members.add(job);
			}
			catch (Throwable ex) {
				Attempt attempt = end(job, this.attempts.threw(job, ex), ex, begin);
				if (attempt != null) {
					this.completer.accept(attempt.finished());
				}
			}
		}
		return members.isEmpty() ? Call.NOTHING : call(members, handler, Collections.unmodifiableList(values), begin);
	}

	private static List<HeldJob> start(List<HeldJob> jobs) {
		Batch batch = new Batch(jobs.size());
		List<HeldJob> started = new ArrayList<>(jobs.size());
		for (HeldJob job : jobs) {
			if (job.start(batch)) {
				started.add(job);
			}
			else {
				batch.leave();
				batch.over();
			}
		}
		return started;
	}

	private <T> Call call(List<HeldJob> members, BatchHandler<T> handler, List<T> values, long begin) {
		BatchResult result = null;
		Throwable thrown = null;
		try {
			result = checked(members, handler.handle(values));
		}
		catch (Throwable ex) {
			thrown = ex;
			stopTogether(members);
		}
		List<Attempt> ended = new ArrayList<>(members.size());
		for (HeldJob job : members) {
			Attempt attempt = end(job, verdict(job, result, thrown), thrown, begin);
			if (attempt != null) {
				ended.add(attempt);
			}
		}
		return new Call(ended, ended.size() < members.size());
	}

	private static BatchResult checked(List<HeldJob> members, @Nullable BatchResult result) {
		String handler = members.get(0).registration().description();
		Objects.requireNonNull(result, () -> "%s returned no BatchResult".formatted(handler));
		List<JobId> known = members.stream().map((job) -> job.job().id()).toList();
		for (JobId job : result.named()) {
			if (!known.contains(job)) {
				throw new TasukiException(
						"%s returned a result for job %s, which is not of this batch".formatted(handler, job));
			}
		}
		return result;
	}

	/**
	 * A timeout or a shutdown concerns the thread, so it concerns every job, however
	 * quickly the thread heeded the first of its interrupts.
	 */
	private static void stopTogether(List<HeldJob> members) {
		for (HeldJob.Stop why : List.of(HeldJob.Stop.TIMED_OUT, HeldJob.Stop.SHUTDOWN)) {
			if (members.stream().anyMatch((job) -> job.stop() == why)) {
				members.stream().filter((job) -> job.stop() == null).forEach((job) -> job.interrupt(why));
			}
		}
	}

	private RetryPolicy.Verdict verdict(HeldJob job, @Nullable BatchResult result, @Nullable Throwable thrown) {
		JobResult own = (result != null) ? result.of(job.job().id()) : null;
		if (own != null) {
			return this.retryPolicy.returned(job, own);
		}
		Throwable failure = (result != null) ? result.failures().get(job.job().id()) : thrown;
		return this.attempts.threw(job, Objects.requireNonNull(failure));
	}

	private @Nullable Attempt end(HeldJob job, RetryPolicy.Verdict verdict, @Nullable Throwable thrown, long begin) {
		Lease lease = this.attempts.end(job);
		return (lease != null) ? new Attempt(job, verdict, thrown, lease, Duration.ofNanos(System.nanoTime() - begin))
				: null;
	}

}
