package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class MeasurementTests {

	@Test
	void takesTheMiddleOfAnOddNumberOfValues() {
		assertThat(Samples.drain("tasuki", 900, 100, 200).median()).isEqualTo(200);
	}

	@Test
	void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumberOfValues() {
		assertThat(Samples.drain("tasuki", 900, 100, 200, 400).median()).isEqualTo(300);
	}

	@Test
	void knowsItsEnds() {
		Measurement measurement = Samples.drain("tasuki", 200, 900, 100);
		assertThat(measurement.min()).isEqualTo(100);
		assertThat(measurement.max()).isEqualTo(900);
	}

	@Test
	void spreadsByTheDistanceOfTheEndsAsAPartOfTheMedian() {
		assertThat(Samples.drain("tasuki", 95, 100, 110).spread()).isEqualTo(0.15, within(1e-9));
	}

	@Test
	void doesNotSpreadWhenAllValuesAreZero() {
		assertThat(Samples.drain("tasuki", 0, 0, 0).spread()).isZero();
	}

	@Test
	void takesTheMediansOfDetailsInTheirOrder() {
		Measurement measurement = Samples.withDetail(
				Samples.withDetail(Samples.drain("tasuki", 1, 2, 3), "WAL bytes/job", 30, 10, 20), "p99 ms", 7, 5, 6);
		assertThat(measurement.detailMedians()).containsExactly(Map.entry("WAL bytes/job", 20.0),
				Map.entry("p99 ms", 6.0));
	}

	@Test
	void refusesADetailWithoutAValueForEachRepetition() {
		Measurement measurement = Samples.drain("tasuki", 1, 2, 3);
		assertThatIllegalArgumentException().isThrownBy(() -> Samples.withDetail(measurement, "p99 ms", 7, 5))
			.withMessageContaining("p99 ms");
	}

	@Test
	void refusesToHaveNoValues() {
		assertThatIllegalArgumentException().isThrownBy(() -> Samples.drain("tasuki"));
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, Double.NaN, Double.POSITIVE_INFINITY })
	void refusesWhatIsNoMeasuredValue(double value) {
		assertThatIllegalArgumentException().isThrownBy(() -> Samples.drain("tasuki", 1, value));
	}

	@Test
	void keepsItsValuesWhenTheListGivenChanges() {
		List<Double> values = new ArrayList<>(List.of(1.0));
		Measurement measurement = new Measurement("drain", "1 JVM", "tasuki", "jobs/s", values,
				Map.of("p99 ms", values));
		values.add(5.0);
		assertThat(measurement.values()).containsExactly(1.0);
		assertThat(measurement.details().get("p99 ms")).containsExactly(1.0);
	}

}
