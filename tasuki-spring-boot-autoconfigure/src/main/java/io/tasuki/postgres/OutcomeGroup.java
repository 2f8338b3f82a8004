package io.tasuki.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tasuki.store.Completion;
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

	/** A single statement needs no transaction around it. */
	boolean isOfOneKind() {
		return Stream.of(this.succeeded, this.cancelled, this.returning, this.dead)
			.filter((completions) -> !completions.isEmpty())
			.count() == 1;
	}

}
