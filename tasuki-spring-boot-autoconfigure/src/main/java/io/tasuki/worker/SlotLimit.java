package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A number of slots that some lines share: a queue's or a handler's. Guarded by the lock
 * of {@link Slots}.
 */
final class SlotLimit {

	private final int own;

	private int limit;

	private final List<Line> lines = new ArrayList<>();

	private int running;

	SlotLimit(int limit) {
		this.own = limit;
		this.limit = limit;
	}

	/**
	 * Has a line share it, with what runs of that line.
	 */
	void share(Line line) {
		this.lines.add(line);
		this.running += line.running();
	}

	/**
	 * Changes it: to zero for no slots at all, to {@code null} for what it was at first.
	 */
	void change(@Nullable Integer limit) {
		this.limit = (limit != null) ? limit : this.own;
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
