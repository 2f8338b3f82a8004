package io.tasuki.benchmarks.comparison;

import java.time.Duration;
import java.util.List;

import io.tasuki.benchmarks.comparison.workload.Workload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleTests {

	@Test
	void threeRepetitionsTakeNoMoreThanAnHour() {
		assertThat(Turn.expected(turns())).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
	}

	@Test
	void quickTakesAboutTwoMinutes() {
		assertThat(Turn.expected(turns("--quick"))).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
	}

	@Test
	void quickDoesSomethingOfEverything() {
		assertThat(turns("--quick")).extracting(Turn::workload).containsAll(Comparison.WORKLOADS);
	}

	@Test
	void whatIsARatioIsRepeatedByBothSides() {
		assertThat(repetitions("drain", "tasuki")).isEqualTo(3);
		assertThat(repetitions("drain", "jobrunr")).isEqualTo(3);
		assertThat(repetitions("enqueue", "tasuki")).isEqualTo(3);
		assertThat(repetitions("enqueue", "bare")).isEqualTo(3);
		assertThat(repetitions("steady", "tasuki")).isEqualTo(3);
		assertThat(repetitions("flatness", "tasuki")).isEqualTo(3);
	}

	@Test
	void whatIsComparedWithNothingIsDoneOnce() {
		assertThat(repetitions("latency", "tasuki")).isEqualTo(3);
		assertThat(repetitions("latency", "db-scheduler")).isEqualTo(1);
		assertThat(repetitions("enqueue", "db-scheduler")).isEqualTo(1);
		assertThat(repetitions("steady", "jobrunr")).isEqualTo(1);
		assertThat(List.of("fairness", "at rest", "size")).allMatch((workload) -> repetitions(workload, "tasuki") == 1);
	}

	@Test
	void onlyTasukiIsTriedInStatesThatPeersWereNotMadeFor() {
		assertThat(turns()).filteredOn((turn) -> turn.entrant().isPeer())
			.extracting((turn) -> turn.workload().name())
			.containsOnly("drain", "enqueue", "latency", "steady");
	}

	private static long repetitions(String workload, String contestant) {
		return turns().stream()
			.filter((turn) -> turn.workload().name().equals(workload) && turn.entrant().label().equals(contestant))
			.count();
	}

	private static List<Turn> turns(String... arguments) {
		List<String> names = Comparison.WORKLOADS.stream().map(Workload::name).toList();
		return Turn.all(Comparison.WORKLOADS, ComparisonOptions.parse(names, arguments));
	}

}
