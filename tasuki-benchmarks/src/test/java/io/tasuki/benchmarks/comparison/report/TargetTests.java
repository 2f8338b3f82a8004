package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import io.tasuki.benchmarks.comparison.report.Figure.Difference;
import io.tasuki.benchmarks.comparison.report.Figure.Ratio;
import io.tasuki.benchmarks.comparison.report.Figure.Reading;
import io.tasuki.benchmarks.comparison.report.Target.Bound;
import io.tasuki.benchmarks.comparison.report.Target.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTests {

	private static final Target RATIO = new Target(Workloads.DRAIN, "tuned ≥ 0.9 × bare",
			new Ratio(drain(Contestants.TASUKI_NO_ARCHIVE), drain(Contestants.BARE)), Bound.atLeast(0.9));

	private static Reading drain(String contestant) {
		return new Reading(Workloads.DRAIN, Variants.ONE_JVM, contestant, null);
	}

	@Test
	void ticksARatioThatIsReached() {
		assertThat(RATIO.line(tunedAndBare(90, 100)))
			.isEqualTo("- [x] drain: tuned ≥ 0.9 × bare: **0.90** (tasuki-no-archive 90.0 jobs/s, bare 100 jobs/s),"
					+ " reached");
	}

	@Test
	void doesNotTickARatioThatIsMissedByLittle() {
		assertThat(RATIO.line(tunedAndBare(89_999, 100_000))).isEqualTo(
				"- [ ] drain: tuned ≥ 0.9 × bare: **0.89** (tasuki-no-archive 89,999 jobs/s, bare 100,000 jobs/s),"
						+ " not reached");
	}

	@Test
	void doesNotTickWhatWasNotMeasured() {
		List<Measurement> measurements = List.of(Samples.drain(Contestants.TASUKI_NO_ARCHIVE, 90));
		assertThat(RATIO.line(measurements)).isEqualTo("- [ ] drain: tuned ≥ 0.9 × bare: not measured");
	}

	@Test
	void doesNotDivideByZero() {
		assertThat(RATIO.verdict(tunedAndBare(90, 0))).isEqualTo(Verdict.NOT_MEASURED);
	}

	@Test
	void comparesMedians() {
		List<Measurement> measurements = List.of(Samples.drain(Contestants.TASUKI_NO_ARCHIVE, 10, 95, 1000),
				Samples.drain(Contestants.BARE, 1, 100, 500));
		assertThat(RATIO.figure().of(measurements)).contains(0.95);
	}

	@Test
	void namesTheVariantsWhenTheyDiffer() {
		Target target = new Target(Workloads.FLATNESS, "scheduled ≥ 0.9 × clean",
				new Ratio(flatness(Variants.SCHEDULED), flatness(Variants.CLEAN)), Bound.atLeast(0.9));
		List<Measurement> measurements = List.of(
				Samples.measurement(Workloads.FLATNESS, Variants.CLEAN, Contestants.TASUKI, 200),
				Samples.measurement(Workloads.FLATNESS, Variants.SCHEDULED, Contestants.TASUKI, 190));
		assertThat(target.line(measurements))
			.contains("**0.95** (1 M scheduled: tasuki 190 jobs/s, clean: tasuki 200 jobs/s)");
	}

	private static Reading flatness(String variant) {
		return new Reading(Workloads.FLATNESS, variant, Contestants.TASUKI, null);
	}

	@Test
	void judgesADetailByABound() {
		Target target = new Target(Workloads.DRAIN, "p99 ≤ 5 ms",
				new Reading(Workloads.DRAIN, Variants.ONE_JVM, Contestants.TASUKI, Details.P99), Bound.atMost(5));
		Measurement measurement = Samples.drain(Contestants.TASUKI, 1, 1, 1);
		assertThat(target.verdict(List.of(measurement))).isEqualTo(Verdict.NOT_MEASURED);
		assertThat(target.line(List.of(Samples.withDetail(measurement, Details.P99, 4, 5, 9))))
			.isEqualTo("- [x] drain: p99 ≤ 5 ms: **5.00** (tasuki 5.00 p99 ms), reached");
		assertThat(target.verdict(List.of(Samples.withDetail(measurement, Details.P99, 4, 5.1, 9))))
			.isEqualTo(Verdict.NOT_REACHED);
	}

	@Test
	void judgesByHowMuchOneExceedsTheOther() {
		Target target = new Target(Workloads.DRAIN, "one more", new Difference(drain("a"), drain("b")),
				Bound.atMost(1));
		assertThat(target.verdict(List.of(Samples.drain("a", 4), Samples.drain("b", 3)))).isEqualTo(Verdict.REACHED);
		assertThat(target.verdict(List.of(Samples.drain("a", 5), Samples.drain("b", 3))))
			.isEqualTo(Verdict.NOT_REACHED);
	}

	@Test
	void keepsOutOfABoundThatIsToBeUndercut() {
		Target target = new Target(Workloads.DRAIN, "less than 1", drain("a"), Bound.lessThan(1));
		assertThat(target.verdict(List.of(Samples.drain("a", 1)))).isEqualTo(Verdict.NOT_REACHED);
		assertThat(target.verdict(List.of(Samples.drain("a", 0.9)))).isEqualTo(Verdict.REACHED);
	}

	@Test
	void statesWhatHasNoBound() {
		Target target = new Target(Workloads.DRAIN, "the rate", drain("a"), Bound.stated());
		assertThat(target.line(List.of(Samples.drain("a", 5))))
			.isEqualTo("- [x] drain: the rate: **5.00** (a 5.00 jobs/s), stated");
		assertThat(target.verdict(List.of())).isEqualTo(Verdict.NOT_MEASURED);
	}

	private static List<Measurement> tunedAndBare(double tuned, double bare) {
		return List.of(Samples.drain(Contestants.TASUKI_NO_ARCHIVE, tuned), Samples.drain(Contestants.BARE, bare));
	}

}
