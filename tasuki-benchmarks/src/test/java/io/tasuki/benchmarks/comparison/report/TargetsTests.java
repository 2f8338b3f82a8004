package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import io.tasuki.benchmarks.comparison.report.Target.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TargetsTests {

	@Test
	void areAllUnreachedWhenNothingWasMeasured() {
		assertThat(Targets.all()).isNotEmpty().allMatch((target) -> target.verdict(List.of()) == Verdict.NOT_MEASURED);
	}

	@Test
	void areEachReachedByWhatTheyAskFor() {
		assertThat(Targets.all()).filteredOn((target) -> !target.verdict(ExcellentRun.measurements()).isFine())
			.isEmpty();
	}

	@Test
	void areNeverReachedByAContestantThatDoesNothing() {
		List<Measurement> measurements = List.of(Samples.drain(Contestants.TASUKI, 0),
				Samples.drain(Contestants.TASUKI_NO_ARCHIVE, 0), Samples.drain(Contestants.BARE, 9),
				Samples.drain(Contestants.BARE_ARCHIVE, 9), Samples.drain(Contestants.DB_SCHEDULER, 9),
				Samples.drain(Contestants.JOBRUNR, 9));
		assertThat(Targets.all()).filteredOn((target) -> target.workload().equals(Workloads.DRAIN))
			.hasSize(5)
			.allMatch((target) -> target.verdict(measurements) == Verdict.NOT_REACHED);
	}

}
