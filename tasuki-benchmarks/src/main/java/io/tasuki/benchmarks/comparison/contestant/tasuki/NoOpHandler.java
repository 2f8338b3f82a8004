package io.tasuki.benchmarks.comparison.contestant.tasuki;

import io.tasuki.annotation.JobHandler;

import org.springframework.stereotype.Component;

/** Runs jobs that do nothing. */
@Component
class NoOpHandler {

	private final CurrentLedger ledger;

	NoOpHandler(CurrentLedger ledger) {
		this.ledger = ledger;
	}

	@JobHandler(NoOp.KIND)
	void run(NoOp job) {
		this.ledger.get().ran(job.number());
	}

}
