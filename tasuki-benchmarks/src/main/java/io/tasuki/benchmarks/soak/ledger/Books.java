package io.tasuki.benchmarks.soak.ledger;

import java.util.List;

/**
 * Everything that was written down during a soak.
 *
 * @param surprises what should not have happened to the soak itself
 */
public record Books(List<Expected> expected, List<Run> runs, List<Effect> effects, List<QueueRow> rows,
		List<Incident> incidents, List<String> surprises) {

}
