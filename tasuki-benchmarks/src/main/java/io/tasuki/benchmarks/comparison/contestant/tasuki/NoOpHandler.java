package io.tasuki.benchmarks.comparison.contestant.tasuki;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import io.tasuki.annotation.JobHandler;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Runs jobs that do nothing, unless they are to take their time. */
@Component
class NoOpHandler {

	private final CurrentLedger ledger;

	private final long nanos;

	NoOpHandler(CurrentLedger ledger, @Value("${comparison.handler-time:0}") Duration time) {
		this.ledger = ledger;
		this.nanos = time.toNanos();
	}

	@JobHandler(NoOp.KIND)
	void run(NoOp job) {
		this.ledger.get().ran(job.number());
		if (this.nanos > 0) {
			LockSupport.parkNanos(this.nanos);
		}
	}

}
