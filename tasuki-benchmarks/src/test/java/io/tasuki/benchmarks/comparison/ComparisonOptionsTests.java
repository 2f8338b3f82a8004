package io.tasuki.benchmarks.comparison;

import java.nio.file.Path;
import java.util.List;

import io.tasuki.benchmarks.comparison.process.Entrant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ComparisonOptionsTests {

	private static final List<String> KNOWN = List.of("drain", "at rest");

	@Test
	void withoutArgumentsEverythingIsMeasuredThreeTimes() {
		ComparisonOptions options = parse();
		assertThat(options.quick()).isFalse();
		assertThat(options.repeat()).isEqualTo(3);
		assertThat(options.workloads()).isEqualTo(KNOWN);
		assertThat(options.entrants()).containsExactly(Entrant.values());
		assertThat(options.folder()).isEqualTo(Path.of("target/comparison").toAbsolutePath());
	}

	@Test
	void quickMeasuresOnceUnlessAskedOtherwise() {
		assertThat(parse("--quick").repeat()).isEqualTo(1);
		assertThat(parse("--quick", "--repeat=2").repeat()).isEqualTo(2);
	}

	@Test
	void takesWorkloadsAndContestantsByName() {
		ComparisonOptions options = parse("--workloads=at-rest,drain", "--contestants=bare,tasuki",
				"--folder=elsewhere");
		assertThat(options.workloads()).containsExactly("at rest", "drain");
		assertThat(options.entrants()).containsExactly(Entrant.BARE, Entrant.TASUKI);
		assertThat(options.folder()).isEqualTo(Path.of("elsewhere").toAbsolutePath());
	}

	@Test
	void refusesWhatItDoesNotKnow() {
		refuses("--fast", "There are [--contestants, --folder, --quick, --repeat, --workloads]");
		refuses("quick", "Not an argument: quick");
		refuses("--workloads=drain,sleep", "No workload is called sleep. There are [drain, at-rest]");
		refuses("--contestants=quartz", "No contestant is called quartz");
		refuses("--repeat=0", "Nothing is measured less than once");
		refuses("--repeat=often", "often");
	}

	private static void refuses(String argument, String why) {
		assertThatIllegalArgumentException().isThrownBy(() -> parse(argument)).withMessageContaining(why);
	}

	private static ComparisonOptions parse(String... arguments) {
		return ComparisonOptions.parse(KNOWN, arguments);
	}

}
