package io.tasuki.histories;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each thing happened that a generator should bring about. */
final class Tally {

	private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

	Tally() {
		for (Event event : Event.values()) {
			this.counts.put(event, new LongAdder());
		}
	}

	void add(Event event) {
		add(event, 1);
	}

	void add(Event event, int count) {
		LongAdder counter = this.counts.get(event);
		if (counter != null) {
			counter.add(count);
		}
	}

	Map<Event, LongAdder> counts() {
		return this.counts;
	}

	@Override
	public String toString() {
		return this.counts.toString();
	}

	enum Event {

		STEP, ENQUEUED, ENQUEUE_ROLLED_BACK, KEY_TAKEN, CLAIMED, TAKEN_OVER, SUSPECT_CLAIMED, CLAIM_LOST, CLAIM_FAILED,
		RENEWED, RENEWAL_REFUSED, CRASH_CHARGED, CHARGE_REFUSED, OWNER_CHANGED, OUTCOME_WRITTEN, OUTCOME_REFUSED,
		ROW_LOCKED, COMPLETION_LOST, COMPLETION_FAILED, TRANSACTION_COMMITTED, TRANSACTION_ROLLED_BACK, CANCELLED,
		CANCEL_REQUESTED, CANCEL_CAME_LATE, CANCEL_SEEN, CANCELLED_INSTEAD, CRASHED_WORKER_NAMED, DUE_LATER, DUE_NOW,
		FOUND, LEASE_RAN_OUT

	}

}
