package io.tasuki.benchmarks.soak.ledger;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tasuki.benchmarks.soak.ledger.QueueRow.Place;
import io.tasuki.benchmarks.soak.load.Kind;

/**
 * Everything the books say of one expected job.
 *
 * @param runs in the order of their starts
 * @param incidents those that carried the job, in their order
 */
record JobStory(Expected expected, List<Run> runs, List<Effect> effects, List<QueueRow> rows,
		List<Incident> incidents) {

	/** Incidents that end a job under the crash rule, as the worker's settings say. */
	static final int MAX_CRASHES = 3;

	long job() {
		return this.expected.job();
	}

	Kind kind() {
		return this.expected.kind();
	}

	boolean isLost() {
		return this.rows.isEmpty();
	}

	boolean isStuck() {
		return is(Place.LIVE);
	}

	boolean finishedTwice() {
		return this.rows.size() > 1;
	}

	private boolean is(Place place) {
		return this.rows.stream().anyMatch((row) -> row.place() == place);
	}

	private boolean isDeadByCrashes() {
		return this.rows.stream().anyMatch(QueueRow::byCrashes);
	}

	/**
	 * Returns whether the job came to another end than it should have, whatever befell
	 * it. The crash rule is judged apart.
	 */
	boolean endedWrongly() {
		if (isLost() || isStuck() || isDeadByCrashes()) {
			return false;
		}
		return !is((kind().succeeds()) ? Place.SUCCEEDED : Place.DEAD) || kind() == Kind.DEADLY;
	}

	boolean isDeadByOwnCrashes() {
		return isDeadByCrashes() && kind() == Kind.DEADLY;
	}

	/**
	 * Returns whether the job is dead although fewer workers were hit while they ran it
	 * than it may take along. One of them may have been hit between the charge and the
	 * handler's first line, and any before a transaction had begun.
	 */
	boolean isDeadByTooFewCrashes() {
		int leastRuns = (kind().isTransactional()) ? 0 : MAX_CRASHES - 1;
		return isDeadByCrashes() && (this.incidents.size() < MAX_CRASHES || this.runs.size() < leastRuns);
	}

	boolean isDeadByFaults() {
		return isDeadByCrashes() && kind() != Kind.DEADLY && !isDeadByTooFewCrashes();
	}

	/**
	 * Returns whether the job counts as succeeded, but no run of it came to its end.
	 */
	boolean lacksEffect() {
		if (!is(Place.SUCCEEDED)) {
			return false;
		}
		return kind().isTransactional() ? this.effects.isEmpty() : this.runs.stream().noneMatch(this::counts);
	}

	private boolean counts(Run run) {
		return run.done() && run.attempt() == 1 + kind().failures(this.expected.number());
	}

	boolean hasRepeatedEffect() {
		return this.effects.size() > 1;
	}

	/**
	 * Returns whether something is left of an attempt that failed, or of a job that did
	 * not succeed.
	 */
	boolean keptFailedEffect() {
		int failures = kind().failures(this.expected.number());
		return this.effects.stream().anyMatch((effect) -> effect.attempt() <= failures)
				|| (!this.effects.isEmpty() && !is(Place.SUCCEEDED) && !isStuck() && !isLost());
	}

	/**
	 * Returns whether an attempt was charged that did not fail, or one that failed was
	 * not. Transactional handlers fail when the database does.
	 */
	boolean chargedWrongly() {
		if (isLost() || isStuck() || isDeadByCrashes() || kind().isTransactional()) {
			return false;
		}
		int charged = kind().failures(this.expected.number()) + ((kind() != Kind.HOPELESS) ? 1 : 0);
		Set<Integer> right = IntStream.rangeClosed(1, charged).boxed().collect(Collectors.toSet());
		Set<Integer> made = this.runs.stream().map(Run::attempt).collect(Collectors.toSet());
		return !made.equals(right) || this.rows.stream().anyMatch((row) -> row.attempt() != charged);
	}

	boolean startedEarly() {
		return !this.runs.isEmpty() && this.runs.get(0).start().isBefore(this.expected.due());
	}

}
