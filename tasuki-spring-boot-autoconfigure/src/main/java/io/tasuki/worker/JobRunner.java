package io.tasuki.worker;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt, on the thread of the slot, and hands its outcome on. Never throws.
 */
final class JobRunner {

	private final @Nullable Gates gates;

	private final Suspects suspects;

	private final Attempts attempts;

	private final JoinedRunner joinedRunner;

	private final BatchRunner batchRunner;

	private final Consumer<FinishedJob> completer;

	JobRunner(@Nullable Gates gates, Suspects suspects, Attempts attempts, JoinedRunner joinedRunner,
			BatchRunner batchRunner, Consumer<FinishedJob> completer) {
		this.gates = gates;
		this.suspects = suspects;
		this.attempts = attempts;
		this.joinedRunner = joinedRunner;
		this.batchRunner = batchRunner;
		this.completer = completer;
	}

	void run(HeldJob job) {
		HandlerBatch batch = job.registration().batch();
		if (batch != null) {
			this.batchRunner.run(job, batch);
			return;
		}
		if (this.gates != null && !this.gates.admit(job)) {
			return;
		}
		if (job.suspect() && !this.suspects.admit(job)) {
			return;
		}
		HandlerTransactions transactions = job.registration().completion().transactions();
		if (transactions != null) {
			this.joinedRunner.run(List.of(job), transactions, this::call);
		}
		else if (job.start()) {
			Attempt attempt = this.attempts.make(job);
			if (attempt != null) {
				this.completer.accept(attempt.finished());
			}
		}
	}

	private Call call(List<HeldJob> one) {
		HeldJob job = one.get(0);
		Attempt attempt = job.start() ? this.attempts.make(job) : null;
		return (attempt != null) ? new Call(List.of(attempt), false) : Call.NOTHING;
	}

}
