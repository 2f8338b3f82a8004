package io.tasuki.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;

/**
 * Completions by the way their jobs go.
 */
record OutcomeGroup(List<Completion> succeeded, List<Completion> cancelled, List<Completion> returning,
		List<Completion> dead) {

	static OutcomeGroup of(List<Completion> completions) {
		OutcomeGroup group = new OutcomeGroup(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
				new ArrayList<>());
		completions.forEach((completion) -> group.listOf(completion.outcome()).add(completion));
		return group;
	}

	private List<Completion> listOf(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded) {
			return this.succeeded;
		}
		if (outcome instanceof Outcome.Cancelled) {
			return this.cancelled;
		}
		return (outcome instanceof Outcome.Dead) ? this.dead : this.returning;
	}

	boolean finishesJobs() {
		return !this.succeeded.isEmpty() || !this.cancelled.isEmpty();
	}

	List<Completion> finished() {
		return Stream.concat(this.succeeded.stream(), this.cancelled.stream()).toList();
	}

	/**
	 * Returns the outcomes that do not finish their jobs as wanted, without these.
	 */
	List<Completion> unfinishedBut(Set<Lease> leases) {
		return Stream.concat(this.returning.stream(), this.dead.stream())
			.filter((completion) -> !leases.contains(completion.lease()))
			.toList();
	}

	/** A single statement needs no transaction around it. */
	boolean isOneStatement() {
		return this.returning.isEmpty() && this.dead.isEmpty()
				&& (this.succeeded.isEmpty() || this.cancelled.isEmpty());
	}

}
