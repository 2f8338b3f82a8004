package io.tasuki.benchmarks.soak.ledger;

import java.util.List;

/**
 * Everything that was written down during a soak.
 *
 * @param surprises processes that ended although nobody asked them to
 */
public record Books(List<Expected> expected, List<Run> runs, List<Effect> effects, List<QueueRow> rows,
		List<Incident> incidents, List<String> surprises) {

}
