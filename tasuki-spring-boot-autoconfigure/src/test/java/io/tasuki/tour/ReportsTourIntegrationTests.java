package io.tasuki.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/handlers.md about what handlers say. */
class ReportsTourIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TourApplication application = new TourApplication();

	@Test
	@DisplayName("B49: a job found tells the progress, the log lines and the metadata of all its attempts")
	void goesOnFromItsCheckpoint() {
		this.application.run(Imports.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			Rows rows = context.getBean(Rows.class);
			JobId id = jobs.enqueue(new ImportFile("customers.csv", 4)).id();
			FoundJob job = await(jobs, id);
			assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
			assertThat(rows.imported).containsExactly(0, 1, 2, 3);
			assertThat(job.progress()).isEqualTo(100);
			assertThat(job.job().metadata()).isEqualTo(Map.of("row", "4"));
			assertThat(History.of(jobs, id)).hasSize(2)
				.satisfiesExactly((line) -> assertThat(line).endsWith("attempt 1: customers.csv, from row 0"),
						(line) -> assertThat(line).endsWith("attempt 2: customers.csv, from row 2"));
		}, "tasuki.retry.initial-delay=10ms");
	}

	@Test
	@DisplayName("B13: metadata that is too large for a job is refused to its handler, and the job goes on")
	void refusesTooMuchMetadata() {
		this.application.run(Imports.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			JobId id = jobs.enqueue(JobRequest.ofKind("greedy").withMaxAttempts(1)).id();
			FoundJob job = await(jobs, id);
			assertThat(job.state()).isEqualTo(JobState.DEAD);
			assertThat(job.errors().get(0).message()).isEqualTo(
					"Metadata must have at most 10000 characters, names and values together, not 1000005: large data"
							+ " belongs in the payload, or in a table of your own. This was asked for by job %s of kind"
								.formatted(id)
							+ " 'greedy' in queue 'default' (attempt 1)");
			assertThat(job.logLines()).hasSize(1);
		});
	}

	private static FoundJob await(JobClient jobs, JobId id) {
		Awaitility.await().atMost(LONG).until(() -> jobs.find(id).orElseThrow().finishedAt() != null);
		return jobs.find(id).orElseThrow();
	}

	record ImportFile(String name, int rows) {
	}

	static class Rows {

		private final List<Integer> imported = new ArrayList<>();

		private boolean broken = true;

		synchronized void insert(int row) {
			if (row == 2 && this.broken) {
				this.broken = false;
				throw new IllegalStateException("no room for row 2");
			}
			this.imported.add(row);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Imports {

		@Bean
		Rows rows() {
			return new Rows();
		}

		@Bean
		Importer importer(Rows rows) {
			return new Importer(rows);
		}

	}

	@Component
	static class Importer {

		private final Rows rows;

		Importer(Rows rows) {
			this.rows = rows;
		}

		// tag::report[]
		@JobHandler
		void importFile(ImportFile file, JobContext context) {
			int first = Integer.parseInt(context.job().metadata().getOrDefault("row", "0"));
			context.log("%s, from row %d".formatted(file.name(), first));
			for (int row = first; row < file.rows(); row++) {
				this.rows.insert(row);
				context.metadata("row", String.valueOf(row + 1));
				context.progress(100 * (row + 1) / file.rows(), "row %d".formatted(row + 1));
			}
		}
		// end::report[]

		@JobHandler("greedy")
		void takeTooMuch(JobContext context) {
			context.log("wants a lot");
			context.metadata("large", "x".repeat(1_000_000));
		}

	}

	static final class History {

		private History() {
		}

		// tag::history[]
		static List<String> of(JobClient jobs, JobId id) {
			return jobs.find(id)
				.orElseThrow()
				.logLines()
				.stream()
				.map((line) -> "%s, attempt %d: %s".formatted(line.at(), line.attempt(), line.text()))
				.toList();
		}
		// end::history[]

	}

}
