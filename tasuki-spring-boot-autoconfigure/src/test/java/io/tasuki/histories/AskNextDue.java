package io.tasuki.histories;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.tasuki.histories.Tally.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks how long it is until the next job is due. */
record AskNextDue(int owner, Set<String> queues) implements Step {

	@Override
	public void play(Scene scene) {
		Map<String, Integer> hours = new HashMap<>();
		scene.queue()
			.owner(this.owner)
			.store()
			.nextDueIn(this.queues)
			.forEach((queue, dueIn) -> hours.put(queue, Hours.round(dueIn)));
		assertThat(hours).as("hours until the next job is due").isEqualTo(scene.model().nextDueIn(this.queues));
		scene.tally().add(Event.DUE_LATER, hours.size());
	}

}
