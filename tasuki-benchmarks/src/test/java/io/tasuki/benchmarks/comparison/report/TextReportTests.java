package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TextReportTests {

	private final String text = new TextReport(Samples.environment(), ExcellentRun.measurements()).text();

	@Test
	void saysWhereAndWithWhat() {
		assertThat(this.text).contains("2026-11-21T10:15:30Z", "a11b7f0", "18.6", "2 × a processor", "7,940 MiB",
				"`fsync=on`", "`-Xmx512m`");
	}

	@Test
	void saysHowOftenWasMeasured() {
		assertThat(this.text).containsPattern("repetitions +\\| 3; ");
	}

	@Test
	void saysOfEachTargetWhetherItIsReached() {
		assertThat(this.text.lines().filter((line) -> line.startsWith("- [x] "))).hasSameSizeAs(Targets.all());
	}

	@Test
	void showsATableForEachWorkload() {
		assertThat(this.text.lines().filter((line) -> line.startsWith("### ")))
			.isEqualTo(List.of("### Where and with what", "### To reach", "### drain, jobs/s", "### enqueue, jobs/s",
					"### latency, ms", "### steady, jobs/s", "### flatness, jobs/s", "### at rest, statements/s",
					"### size, jobs/s"));
	}

}
