package io.tasuki.benchmarks.comparison.process;

import io.tasuki.benchmarks.comparison.contestant.Commits;
import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Ledger;

/**
 * What orders work on: the contestant of this JVM and its notes.
 *
 * @param contestant the contestant
 * @param ledger which jobs ran here
 * @param commits when jobs of a paced load were committed here
 */
record Stage(Contestant contestant, Ledger ledger, Commits commits) {

	Stage(Contestant contestant, int jobs) {
		this(contestant, new Ledger(jobs), new Commits(jobs));
	}

}
