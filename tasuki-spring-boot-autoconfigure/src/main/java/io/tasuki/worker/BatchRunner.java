package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of a batch, on the thread of its slot, and hands their outcomes on.
 * Never throws.
 */
final class BatchRunner {

	private final @Nullable Gates gates;

	private final Suspects suspects;

	private final BatchCalls calls;

	private final JoinedRunner joinedRunner;

	private final Consumer<FinishedJob> completer;

	BatchRunner(@Nullable Gates gates, Suspects suspects, BatchCalls calls, JoinedRunner joinedRunner,
			Consumer<FinishedJob> completer) {
		this.gates = gates;
		this.suspects = suspects;
		this.calls = calls;
		this.joinedRunner = joinedRunner;
		this.completer = completer;
	}

	void run(HeldJob first, HandlerBatch batch) {
		List<HeldJob> admitted = admitted(first);
		if (admitted.isEmpty()) {
			return;
		}
		HandlerTransactions transactions = first.registration().completion().transactions();
		if (transactions != null) {
			this.joinedRunner.run(admitted, transactions, (jobs) -> this.calls.make(jobs, batch));
		}
		else {
			this.calls.make(admitted, batch).attempts().forEach((attempt) -> this.completer.accept(attempt.finished()));
		}
	}

	private List<HeldJob> admitted(HeldJob first) {
		List<HeldJob> admitted = new ArrayList<>(1 + first.company().size());
		if (admits(first) && (!first.suspect() || this.suspects.admit(first))) {
			admitted.add(first);
		}
		for (HeldJob job : first.company()) {
			if (admits(job)) {
				admitted.add(job);
			}
		}
		return admitted;
	}

	private boolean admits(HeldJob job) {
		return this.gates == null || this.gates.admit(job);
	}

}
