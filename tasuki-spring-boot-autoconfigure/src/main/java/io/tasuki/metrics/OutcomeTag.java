package io.tasuki.metrics;

import java.util.Locale;

import io.tasuki.store.Outcome;

/** Value of the tag that says how an attempt ended. */
enum OutcomeTag {

	SUCCEEDED, RETRY, SNOOZED, CANCELLED, DEAD, HANDED_BACK;

	private final String tag = name().toLowerCase(Locale.ROOT);

	static OutcomeTag of(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded) {
			return SUCCEEDED;
		}
		if (outcome instanceof Outcome.Retry) {
			return RETRY;
		}
		if (outcome instanceof Outcome.Snoozed) {
			return SNOOZED;
		}
		if (outcome instanceof Outcome.Cancelled) {
			return CANCELLED;
		}
		if (outcome instanceof Outcome.Dead) {
			return DEAD;
		}
		return HANDED_BACK;
	}

	String tag() {
		return this.tag;
	}

}
