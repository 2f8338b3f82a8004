package io.tasuki.histories;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Outlook;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks where jobs are due, and how long it is until the next one is. */
record LookAtQueues(int owner, Set<String> queues) implements Step {

	@Override
	public void play(Scene scene) {
		Map<String, Outlook> outlooks = scene.queue().owner(this.owner).store().look(this.queues);
		assertThat(outlooks).containsOnlyKeys(this.queues);
		Set<String> due = new HashSet<>();
		Map<String, Integer> hours = new HashMap<>();
		outlooks.forEach((queue, outlook) -> {
			if (outlook.due()) {
				due.add(queue);
			}
			outlook.nextDueIn().ifPresent((dueIn) -> hours.put(queue, Hours.round(dueIn)));
		});
		assertThat(due).as("queues with a job that is due").isEqualTo(scene.model().due(this.queues));
		assertThat(hours).as("hours until the next job is due").isEqualTo(scene.model().nextDueIn(this.queues));
		scene.tally().add(Event.DUE_NOW, due.size());
		scene.tally().add(Event.DUE_LATER, hours.size());
	}

}
