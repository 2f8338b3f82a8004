package io.tasuki.benchmarks.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.workload.Scale;
import io.tasuki.benchmarks.comparison.workload.Workload;

/**
 * One contestant does one workload once.
 *
 * @param workload the workload
 * @param entrant the contestant
 * @param repetition 1 for the first
 * @param scale how much it does
 */
record Turn(Workload workload, Entrant entrant, int repetition, Scale scale) {

	/**
	 * Returns all turns, in order: each workload, as often as it is repeated, by one
	 * contestant after the other. With each repetition another one begins, so that nobody
	 * is always the first or behind the same ones.
	 */
	static List<Turn> all(List<Workload> workloads, ComparisonOptions options) {
		List<Turn> turns = new ArrayList<>();
		for (Workload workload : workloads) {
			for (int repetition = 1; repetition <= options.repeat(); repetition++) {
				Scale scale = new Scale(options.quick(), repetition == 1);
				for (Entrant entrant : rotated(options.entrants(), repetition - 1)) {
					if (workload.suits(entrant, scale)) {
						turns.add(new Turn(workload, entrant, repetition, scale));
					}
				}
			}
		}
		return turns;
	}

	private static List<Entrant> rotated(List<Entrant> entrants, int by) {
		List<Entrant> rotated = new ArrayList<>(entrants);
		Collections.rotate(rotated, -by);
		return rotated;
	}

	/**
	 * Returns how long it takes, roughly.
	 */
	Duration expected() {
		return this.workload.expected(this.entrant, this.scale);
	}

	static Duration expected(List<Turn> turns) {
		return turns.stream().map(Turn::expected).reduce(Duration.ZERO, Duration::plus);
	}

	@Override
	public String toString() {
		return "%s %d %s".formatted(this.workload.name(), this.repetition, this.entrant.label());
	}

}
