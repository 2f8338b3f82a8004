package io.tasuki.benchmarks.comparison.contestant.tasuki;

import io.tasuki.benchmarks.comparison.contestant.Ledger;

/** The ledger of whoever let the worker start, there before any handler is. */
class CurrentLedger {

	private volatile Ledger ledger = new Ledger(0);

	void set(Ledger ledger) {
		this.ledger = ledger;
	}

	Ledger get() {
		return this.ledger;
	}

}
