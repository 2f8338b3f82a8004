package io.tasuki.actuate;

import java.util.List;

import io.tasuki.worker.StuckSlot;

/** Threads come back from attempts that are over. */
record StuckSlotsCheck() implements Check {

	private static final String REMEDY = "Give what it waits for a timeout of its own: the log has the thread's stack."
			+ " No other job runs in this slot until the thread comes back or the instance is restarted";

	@Override
	public String name() {
		return "stuckSlots";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		return situation.stuckSlots().stream().map((slot) -> new Problem(text(slot), REMEDY)).toList();
	}

	private static String text(StuckSlot slot) {
		return "The slot of job %s of kind '%s' in queue '%s' (attempt %d, thread '%s') has been stuck for %s: %s"
			.formatted(slot.job(), slot.kind(), slot.queue(), slot.attempt(), slot.thread(), Ages.text(slot.stuckFor()),
					slot.why());
	}

}
