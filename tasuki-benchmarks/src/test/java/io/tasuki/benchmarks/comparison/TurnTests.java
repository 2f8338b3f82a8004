package io.tasuki.benchmarks.comparison;

import java.time.Duration;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.report.Measurement;
import io.tasuki.benchmarks.comparison.workload.Bench;
import io.tasuki.benchmarks.comparison.workload.Scale;
import io.tasuki.benchmarks.comparison.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnTests {

	private static final Workload EVERYBODY = new Errand("everybody", false);

	private static final Workload ONCE = new Errand("once", true);

	@Test
	void anotherContestantBeginsEachRepetition() {
		assertThat(turns(List.of(EVERYBODY), "--repeat=3", "--contestants=tasuki,bare,jobrunr")).containsExactly(
				"everybody 1 tasuki", "everybody 1 bare", "everybody 1 jobrunr", "everybody 2 bare",
				"everybody 2 jobrunr", "everybody 2 tasuki", "everybody 3 jobrunr", "everybody 3 tasuki",
				"everybody 3 bare");
	}

	@Test
	void beginsAnewWhenEveryContestantWasFirst() {
		assertThat(turns(List.of(EVERYBODY), "--repeat=3", "--contestants=tasuki,bare")).containsExactly(
				"everybody 1 tasuki", "everybody 1 bare", "everybody 2 bare", "everybody 2 tasuki",
				"everybody 3 tasuki", "everybody 3 bare");
	}

	@Test
	void workloadIsRepeatedBeforeTheNext() {
		assertThat(turns(List.of(EVERYBODY, ONCE), "--repeat=2", "--contestants=bare"))
			.containsExactly("everybody 1 bare", "everybody 2 bare", "once 1 bare");
	}

	@Test
	void tellsHowLongAllTakes() {
		ComparisonOptions options = ComparisonOptions.parse(List.of(), "--contestants=bare", "--repeat=3");
		assertThat(Turn.expected(Turn.all(List.of(EVERYBODY, ONCE), options))).isEqualTo(Duration.ofSeconds(40));
		assertThat(Turn.expected(List.of())).isZero();
	}

	private static List<String> turns(List<Workload> workloads, String... arguments) {
		return Turn.all(workloads, ComparisonOptions.parse(List.of(), arguments)).stream().map(Turn::toString).toList();
	}

	/**
	 * Takes ten seconds.
	 *
	 * @param name its name
	 * @param once whether it is done in the first repetition only
	 */
	private record Errand(String name, boolean once) implements Workload {

		@Override
		public boolean suits(Entrant entrant, Scale scale) {
			return scale.first() || !this.once;
		}

		@Override
		public Duration expected(Entrant entrant, Scale scale) {
			return Duration.ofSeconds(10);
		}

		@Override
		public String leftOutWhenQuick() {
			return "nothing";
		}

		@Override
		public List<Measurement> run(Entrant entrant, Bench bench) {
			return List.of();
		}

	}

}
