package io.tasuki.metrics;

import io.tasuki.store.Outcome;

/** Value of the tag that says how an attempt ended. */
final class OutcomeTag {

	private OutcomeTag() {
	}

	static String of(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded) {
			return "succeeded";
		}
		if (outcome instanceof Outcome.Retry) {
			return "retry";
		}
		if (outcome instanceof Outcome.Snoozed) {
			return "snoozed";
		}
		if (outcome instanceof Outcome.Cancelled) {
			return "cancelled";
		}
		if (outcome instanceof Outcome.Dead) {
			return "dead";
		}
		return "handed_back";
	}

}
