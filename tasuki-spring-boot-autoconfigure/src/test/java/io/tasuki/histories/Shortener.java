package io.tasuki.histories;

import java.util.ArrayList;
import java.util.List;

/** Leaves out of a failed history what its failure does not need. */
final class Shortener {

	private static final int MOST_REPLAYS = 1_000;

	private final TestedQueue queue;

	private History shortest;

	private int replays;

	private Shortener(History failed, TestedQueue queue) {
		this.shortest = failed;
		this.queue = queue;
	}

	/**
	 * Returns a shorter history that fails too; the same one if it does not fail a second
	 * time.
	 */
	static History shorten(History failed, TestedQueue queue) {
		Shortener shortener = new Shortener(failed, queue);
		if (shortener.stillFails(failed.steps())) {
			shortener.leaveStepsOut();
			shortener.simplifySteps();
		}
		return shortener.shortest;
	}

	private boolean stillFails(List<Step> steps) {
		if (this.replays++ == MOST_REPLAYS) {
			return false;
		}
		History history = History.replay(steps, this.queue);
		if (history.failed()) {
			this.shortest = history;
		}
		return history.failed();
	}

	private void leaveStepsOut() {
		for (int size = this.shortest.steps().size() / 2; size > 0; size /= 2) {
			for (int from = 0; from + size <= this.shortest.steps().size();) {
				List<Step> left = new ArrayList<>(this.shortest.steps());
				left.subList(from, from + size).clear();
				if (!stillFails(left)) {
					from += size;
				}
			}
		}
	}

	private void simplifySteps() {
		for (int i = 0; i < this.shortest.steps().size();) {
			if (!simplify(i)) {
				i++;
			}
		}
	}

	private boolean simplify(int index) {
		for (Step simpler : this.shortest.steps().get(index).simpler()) {
			List<Step> steps = new ArrayList<>(this.shortest.steps());
			steps.set(index, simpler);
			if (stillFails(steps)) {
				return true;
			}
		}
		return false;
	}

	/** Returns the lists that lack one element. */
	static <T> List<List<T>> withoutOne(List<T> list) {
		List<List<T>> shorter = new ArrayList<>();
		for (int i = 0; i < list.size() && list.size() > 1; i++) {
			List<T> left = new ArrayList<>(list);
			left.remove(i);
			shorter.add(List.copyOf(left));
		}
		return shorter;
	}

}
