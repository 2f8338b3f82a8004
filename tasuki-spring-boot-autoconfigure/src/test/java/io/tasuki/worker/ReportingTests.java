package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.LogLine;
import io.tasuki.Names;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.Report;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ReportingTests {

	private final HeldJob job = held(Map.of("from", "the enqueue"));

	private final RunningJob context = new RunningJob(this.job, () -> false);

	private static HeldJob held(Map<String, String> metadata) {
		Job job = new Job(new JobId(7), "import", "default", null, 5, 2, null, Jobs.NOON, Jobs.NOON, null, metadata);
		return new HeldJob(new ClaimedJob(job, new Lease(job.id(), 3, 7), 0, false), Jobs.handler("import"),
				Jobs.line(), 0);
	}

	@Test
	void keepsNothingOfAJobWhoseHandlerSaysNothing() {
		this.job.start();
		assertThat(this.job.unwritten()).isNull();
		assertThat(finished().completion().report()).isNull();
	}

	@Test
	void handsOutWhatWasSaidUntilItIsWritten() {
		this.job.start();
		this.context.progress(40, "half way");
		this.context.log("one");
		this.context.metadata("row", "1");
		Report report = unwritten();
		assertThat(report.lease()).isEqualTo(this.job.lease());
		assertThat(report.progress()).isEqualTo(new Report.Progress(40, "half way"));
		assertThat(report.lines()).singleElement().satisfies((line) -> {
			assertThat(line.text()).isEqualTo("one");
			assertThat(line.leaseNo()).isEqualTo(3);
			assertThat(line.number()).isOne();
		});
		assertThat(report.metadata()).isEqualTo(Map.of("from", "the enqueue", "row", "1"));
		assertThat(unwritten()).isEqualTo(report);
		this.job.written(report);
		assertThat(this.job.unwritten()).isNull();
	}

	@Test
	void keepsWhatWasSaidSinceTheReportThatWasWritten() {
		this.job.start();
		this.context.progress(40);
		this.context.log("one");
		this.context.metadata("row", "1");
		Report written = unwritten();
		this.context.progress(40);
		this.context.log("two");
		this.context.metadata("row", "2");
		this.job.written(written);
		Report left = unwritten();
		assertThat(left.progress()).isNotNull();
		assertThat(left.lines()).extracting(Report.Line::text).containsExactly("two");
		assertThat(left.metadata()).containsEntry("row", "2");
	}

	@Test
	void keepsTheLatestLines() {
		this.job.start();
		for (int i = 1; i <= 3 * LogLine.MAX_LINES; i++) {
			this.context.log("line " + i);
		}
		assertThat(unwritten().lines()).hasSize(LogLine.MAX_LINES)
			.extracting(Report.Line::text)
			.startsWith("line 201")
			.endsWith("line 300");
	}

	@Test
	void cutsALongLine() {
		this.job.start();
		this.context.log("x".repeat(10_000_000));
		assertThat(unwritten().lines().get(0).text()).isEqualTo("x".repeat(LogLine.MAX_LENGTH) + "…");
	}

	@Test
	void hearsNothingBeforeTheStartAndAfterTheEnd() {
		say();
		assertThat(this.job.unwritten()).isNull();
		this.job.start();
		FinishedJob finished = finished();
		say();
		assertThat(finished.completion().report()).isNull();
		assertThat(finished().completion().report()).isNull();
	}

	private void say() {
		this.context.log("out of time");
		this.context.progress(1);
		this.context.metadata("out of", "time");
	}

	@Test
	void handsWhatIsLeftOutWithTheOutcomeAndNoLongerToTheHeartbeat() {
		this.job.start();
		this.context.log("last words");
		FinishedJob finished = finished();
		assertThat(finished.completion().report()).isNotNull();
		assertThat(finished.completion().report().lines()).hasSize(1);
		assertThat(this.job.unwritten()).isNull();
	}

	@Test
	void changesAndRemovesMetadata() {
		this.job.start();
		this.context.metadata("from", null);
		assertThat(unwritten().metadata()).isEmpty();
		this.context.metadata("row", "1");
		assertThat(unwritten().metadata()).isEqualTo(Map.of("row", "1"));
		assertThat(this.context.job().metadata()).isEqualTo(Map.of("from", "the enqueue"));
	}

	@Test
	void writesNoMetadataThatIsAsItWas() {
		this.job.start();
		this.context.metadata("from", "the enqueue");
		this.context.metadata("row", null);
		assertThat(this.job.unwritten()).isNull();
	}

	@Test
	void refusesTooMuchMetadataNamingTheJob() {
		this.job.start();
		this.context.metadata("row", "1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.metadata("large", "x".repeat(10_000_000)))
			.withMessage("Metadata must have at most 10000 characters, names and values together, not 10000024: large"
					+ " data belongs in the payload, or in a table of your own. This was asked for by job 7 of kind"
					+ " 'import' in queue 'default' (attempt 2)");
		assertThat(unwritten().metadata()).isEqualTo(Map.of("from", "the enqueue", "row", "1"));
	}

	@Test
	void refusesMetadataThatNoRequestCouldHave() {
		this.job.start();
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.metadata(" ", "1"))
			.withMessageStartingWith("Name in metadata must not be blank. This was asked for by job 7");
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.metadata("nul", "\0"))
			.withMessageContaining("must not contain the character U+0000, as 'nul' does");
		assertThatIllegalArgumentException().isThrownBy(() -> this.context.metadata("tasuki.payload-version", null))
			.withMessageStartingWith("Metadata whose name begins with 'tasuki.'")
			.withMessageContaining("'tasuki.payload-version'")
			.withMessageEndingWith("This was asked for by " + this.job.job());
		assertThat(this.job.unwritten()).isNull();
	}

	@Test
	void removesFromMetadataThatIsTooLongAlready() {
		HeldJob large = held(Map.of("large", "x".repeat(Names.MAX_METADATA_LENGTH), "row", "1"));
		large.start();
		new RunningJob(large, () -> false).metadata("row", null);
		assertThat(large.unwritten()).isNotNull();
	}

	private Report unwritten() {
		Report report = this.job.unwritten();
		assertThat(report).isNotNull();
		return report;
	}

	private FinishedJob finished() {
		Lease lease = this.job.lease();
		this.job.finish();
		return new FinishedJob(this.job, new Completion(lease, new Outcome.Succeeded(), null), Duration.ZERO);
	}

	@Test
	void passesOnWhatIsSaidOfAJobOfAnOlderVersion() {
		this.job.start();
		UpcastContext upcast = new UpcastContext(this.context, this.job.job().withPayload("{}"));
		upcast.log("one");
		upcast.metadata("row", "1");
		assertThat(unwritten().lines()).hasSize(1);
		assertThat(List.copyOf(unwritten().metadata().keySet())).contains("row");
	}

}
