package io.tasuki.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.tasuki.RetentionMode;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.Report;

/**
 * Completions by the way their jobs go.
 *
 * @param succeeded go to the archive
 * @param cancelled go to the archive
 * @param forgotten are deleted, however they ended
 * @param returning become available again
 * @param dead go to the dead letters
 */
record OutcomeGroup(List<Completion> succeeded, List<Completion> cancelled, List<Completion> forgotten,
		List<Completion> returning, List<Completion> dead) {

	/**
	 * Sorts completions.
	 * @param archive whether there is an archive; without one, what would go there is
	 * deleted
	 */
	static OutcomeGroup of(List<Completion> completions, boolean archive) {
		OutcomeGroup group = new OutcomeGroup(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
				new ArrayList<>(), new ArrayList<>());
		completions.forEach((completion) -> group.listOf(completion, archive).add(completion));
		return group;
	}

	private List<Completion> listOf(Completion completion, boolean archive) {
		Outcome outcome = completion.outcome();
		boolean archived = archive && completion.retention() == RetentionMode.ALL;
		if (outcome instanceof Outcome.Succeeded) {
			return archived ? this.succeeded : this.forgotten;
		}
		if (outcome instanceof Outcome.Cancelled) {
			return archived ? this.cancelled : this.forgotten;
		}
		if (outcome instanceof Outcome.Dead) {
			return (completion.retention() == RetentionMode.NONE) ? this.forgotten : this.dead;
		}
		return this.returning;
	}

	int size() {
		return this.succeeded.size() + this.cancelled.size() + this.forgotten.size() + this.returning.size()
				+ this.dead.size();
	}

	boolean archives() {
		return !this.succeeded.isEmpty() || !this.cancelled.isEmpty();
	}

	/**
	 * Returns the outcomes that do not finish their jobs as wanted, without these.
	 */
	List<Completion> unfinishedBut(Set<Lease> leases) {
		return Stream.concat(this.returning.stream(), this.dead.stream())
			.filter((completion) -> !leases.contains(completion.lease()))
			.toList();
	}

	/**
	 * Returns the outcomes that do not finish their jobs as wanted, without these.
	 * @param kept whether all is kept of their jobs, or not
	 */
	List<Completion> unfinishedBut(Set<Lease> leases, boolean kept) {
		return unfinishedBut(leases).stream()
			.filter((completion) -> kept == (completion.retention() == RetentionMode.ALL))
			.toList();
	}

	/**
	 * Returns what is to be written before the outcomes, of jobs that are kept in one way
	 * or another: nothing, as a rule.
	 */
	List<Report> reports() {
		List<Report> reports = new ArrayList<>(0);
		for (List<Completion> completions : List.of(this.succeeded, this.cancelled, this.returning, this.dead)) {
			for (Completion completion : completions) {
				if (completion.report() != null) {
					reports.add(completion.report());
				}
			}
		}
		return reports;
	}

	/** A single statement needs no transaction around it. */
	boolean isOneStatement() {
		return this.returning.isEmpty() && this.dead.isEmpty()
				&& Stream.of(this.succeeded, this.cancelled, this.forgotten)
					.filter((list) -> !list.isEmpty())
					.count() <= 1;
	}

}
