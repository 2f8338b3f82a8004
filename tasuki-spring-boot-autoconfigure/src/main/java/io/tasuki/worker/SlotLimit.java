package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * A number of slots that some lines share: a queue's or a handler's. Guarded by the lock
 * of {@link Slots}.
 */
final class SlotLimit {

	private final int limit;

	private final List<Line> lines = new ArrayList<>();

	private int running;

	SlotLimit(int limit) {
		this.limit = limit;
	}

	void share(Line line) {
		this.lines.add(line);
	}

	List<Line> lines() {
		return this.lines;
	}

	int limit() {
		return this.limit;
	}

	boolean full() {
		return this.running >= this.limit;
	}

	void start() {
		this.running++;
	}

	void finish() {
		this.running--;
	}

}
