package io.tasuki.worker;

import java.time.Duration;
import java.util.function.Consumer;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;

/**
 * Makes one attempt, on the thread of the slot, and hands its outcome on. Never throws.
 */
final class JobRunner {

	private final Suspects suspects;

	private final Attempts attempts;

	private final JoinedRunner joinedRunner;

	private final Consumer<FinishedJob> completer;

	JobRunner(Suspects suspects, Attempts attempts, JoinedRunner joinedRunner, Consumer<FinishedJob> completer) {
		this.suspects = suspects;
		this.attempts = attempts;
		this.joinedRunner = joinedRunner;
		this.completer = completer;
	}

	void run(HeldJob job) {
		if (job.suspect() && !this.suspects.admit(job)) {
			return;
		}
		HandlerTransactions transactions = job.registration().transactions();
		if (transactions != null) {
			this.joinedRunner.run(job, transactions);
		}
		else if (job.start()) {
			runAndHandOn(job);
		}
	}

	private void runAndHandOn(HeldJob job) {
		long begin = System.nanoTime();
		RetryPolicy.Verdict verdict = this.attempts.make(job).verdict();
		Lease lease = job.finish();
		// What interrupted this job must not interrupt the next one of this thread.
		Thread.interrupted();
		if (lease != null) {
			Duration runTime = Duration.ofNanos(System.nanoTime() - begin);
			this.completer
				.accept(new FinishedJob(job, new Completion(lease, verdict.outcome(), verdict.failure()), runTime));
		}
	}

}
