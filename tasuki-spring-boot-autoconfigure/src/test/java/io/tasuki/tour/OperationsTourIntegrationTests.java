package io.tasuki.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.tasuki.Cancellation;
import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobReason;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import io.tasuki.LiveWorker;
import io.tasuki.QueueCounts;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.HeededPause;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/operations-api.md. */
@Timeout(120)
class OperationsTourIntegrationTests {

	private final TourApplication application = new TourApplication();

	@Test
	@DisplayName("B49: jobs are listed page by page and counted")
	void listsAndCounts() {
		run((context) -> {
			HeededPause.pause(context.getBean(QueueOperations.class), "import");
			enqueue(context, 7);
			Support support = context.getBean(Support.class);
			assertThat(support.waitingImports()).hasSize(7);
			assertThat(support.counts()).containsExactly(new QueueCounts("import", 7, 0, 0, 0, true));
		});
	}

	@Test
	@DisplayName("B49: a job's explanation says why it does not run, and whether somebody has to do something")
	void explains() {
		run((context) -> {
			Support support = context.getBean(Support.class);
			HeededPause.pause(context.getBean(QueueOperations.class), "import");
			JobId paused = enqueue(context, 1).get(0);
			assertThat(support.why(paused)).startsWith("Queue 'import' is paused since 20");
			assertThat(support.needsSomebody(paused)).isTrue();
			context.getBean(QueueOperations.class).resume("import");
			awaitState(context, paused, JobState.SUCCEEDED);
			assertThat(support.why(paused)).startsWith("It succeeded at 20");
			assertThat(support.needsSomebody(paused)).isFalse();
		});
	}

	@Test
	@DisplayName("B55: the workers that are alive are listed, with what they do")
	void listsWorkers() {
		run((context) -> {
			Support support = context.getBean(Support.class);
			awaitWorker(context, 0);
			assertThat(support.fullWorkers()).isEmpty();
			Importer importer = context.getBean(Importer.class);
			importer.slow = true;
			enqueue(context, 1);
			awaitWorker(context, 1);
			assertThat(support.fullWorkers()).singleElement().asString().startsWith("importer on ");
			importer.slow = false;
		}, "tasuki.worker.name=importer", "tasuki.worker.concurrency=1", "tasuki.worker.lease-duration=3s");
	}

	@Test
	@DisplayName("B43, B44: what a label names is cancelled with a business row, and answers with the payloads")
	void cancelsWithTheTransaction() {
		run((context) -> {
			HeededPause.pause(context.getBean(QueueOperations.class), "import");
			context.getBean(JdbcTemplate.class).execute("create table upload (id text, state text)");
			enqueue(context, 3);
			Support support = context.getBean(Support.class);
			assertThat(support.withdraw("upload-1")).hasSize(3)
				.extracting(Cancellation::payload)
				.contains("{\"row\": 0}");
			assertThat(support.withdraw("upload-1")).isEmpty();
			assertThat(support.cancelReminder("ada")).isFalse();
			JobId reminder = context.getBean(JobClient.class)
				.enqueue(JobRequest.ofKind("remind").withQueue("import").withUniqueKey("remind:ada"))
				.id();
			assertThat(support.cancelReminder("ada")).isTrue();
			assertThat(context.getBean(JobClient.class).find(reminder))
				.hasValueSatisfying((job) -> assertThat(job.state()).isEqualTo(JobState.CANCELLED));
		});
	}

	@Test
	@DisplayName("B46: a job that waits for tomorrow runs now")
	void runsNow() {
		run((context) -> {
			JobId id = context.getBean(JobClient.class)
				.enqueue(JobRequest.of(new ImportRow(1)).withDelay(Duration.ofDays(1)))
				.id();
			Support support = context.getBean(Support.class);
			assertThat(support.sooner(id)).isEqualTo("It runs as soon as a slot is free");
			awaitState(context, id, JobState.SUCCEEDED);
			assertThat(support.sooner(id)).isEqualTo("It is over");
			assertThat(support.sooner(new JobId(4711))).isEqualTo("There is no such job");
		});
	}

	@Test
	@DisplayName("B45: dead jobs of a kind are retried once their cause is repaired")
	void retriesDeadJobs() {
		run((context) -> {
			Importer importer = context.getBean(Importer.class);
			importer.broken = true;
			List<JobId> ids = enqueue(context, 3);
			ids.forEach((id) -> awaitState(context, id, JobState.DEAD));
			importer.broken = false;
			assertThat(context.getBean(Support.class).retryImports()).isEqualTo(3);
			ids.forEach((id) -> awaitState(context, id, JobState.SUCCEEDED));
		}, "tasuki.retry.max-attempts=1");
	}

	@Test
	@DisplayName("B47: dead letters of last year are deleted")
	void deletesOldLetters() {
		run((context) -> {
			context.getBean(Importer.class).broken = true;
			JobId id = enqueue(context, 1).get(0);
			awaitState(context, id, JobState.DEAD);
			Support support = context.getBean(Support.class);
			assertThat(support.deleteLettersBefore(Instant.now().minus(Duration.ofDays(365)))).isZero();
			assertThat(support.deleteLettersBefore(Instant.now().plus(Duration.ofDays(1)))).isOne();
		}, "tasuki.retry.max-attempts=1");
	}

	@Test
	@DisplayName("B50: a queue is paused, limited and resumed while the application runs")
	void steersAQueue() {
		run((context) -> {
			Support support = context.getBean(Support.class);
			HeededPause.await("import", support::beginMaintenance);
			JobId id = enqueue(context, 1).get(0);
			assertThat(support.paused()).containsExactly("import");
			assertThat(context.getBean(JobClient.class).find(id))
				.hasValueSatisfying((job) -> assertThat(job.state()).isEqualTo(JobState.AVAILABLE));
			support.endMaintenance();
			awaitState(context, id, JobState.SUCCEEDED);
			assertThat(support.paused()).isEmpty();
		});
	}

	@Test
	@DisplayName("B3: a job that plain SQL enqueues runs")
	void runsWhatSqlEnqueues() {
		run((context) -> {
			Map<String, Object> job = context.getBean(JdbcTemplate.class).queryForMap("""
					select id, created
					  from tasuki.enqueue('ImportRow', '{"row": 1}', queue => 'import', unique_key => 'row-1')
					""");
			assertThat(job).containsEntry("created", true);
			awaitState(context, new JobId((long) job.get("id")), JobState.SUCCEEDED);
			assertThat(context.getBean(Importer.class).imported).containsExactly(1);
		});
	}

	private void run(Consumer<ApplicationContext> test, String... properties) {
		this.application.run(Imports.class, test::accept, properties);
	}

	private static List<JobId> enqueue(ApplicationContext context, int rows) {
		return IntStream.range(0, rows)
			.mapToObj((row) -> context.getBean(JobClient.class)
				.enqueue(JobRequest.of(new ImportRow(row)).withQueue("import").withLabel("upload-1"))
				.id())
			.toList();
	}

	private static void awaitWorker(ApplicationContext context, int slotsInUse) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(
					() -> assertThat(context.getBean(JobOperations.class).workers()).extracting(LiveWorker::slotsInUse)
						.containsExactly(slotsInUse));
	}

	private static void awaitState(ApplicationContext context, JobId id, JobState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(context.getBean(JobClient.class).find(id))
				.hasValueSatisfying((job) -> assertThat(job.state()).isEqualTo(state)));
	}

	record ImportRow(int row) {
	}

	/** What a support desk does. */
	static class Support {

		private final JobOperations jobs;

		private final QueueOperations queues;

		private final JdbcTemplate jdbc;

		Support(JobOperations jobs, QueueOperations queues, JdbcTemplate jdbc) {
			this.jobs = jobs;
			this.queues = queues;
			this.jdbc = jdbc;
		}

		// tag::list[]
		List<JobId> waitingImports() {
			JobFilter waiting = JobFilter.of(JobState.AVAILABLE).withQueue("import");
			JobPageRequest request = JobPageRequest.ofSize(3);
			List<JobId> ids = new ArrayList<>();
			JobPage<JobSummary> page;
			do {
				page = this.jobs.list(waiting, request);
				page.items().forEach((job) -> ids.add(job.id()));
				request = request.after(page.next());
			}
			while (page.hasNext());
			return ids;
		}
		// end::list[]

		// tag::counts[]
		List<QueueCounts> counts() {
			return this.jobs.counts();
		}
		// end::counts[]

		// tag::explain[]
		String why(JobId id) {
			return this.jobs.explain(id).message();
		}

		boolean needsSomebody(JobId id) {
			return this.jobs.explain(id)
				.reasons()
				.stream()
				.anyMatch((reason) -> reason instanceof JobReason.QueuePaused || reason instanceof JobReason.NoWorker);
		}
		// end::explain[]

		// tag::workers[]
		List<String> fullWorkers() {
			return this.jobs.workers()
				.stream()
				.filter((worker) -> worker.slotsInUse() == worker.slots())
				.map((worker) -> "%s on %s, since %s".formatted(worker.name(), worker.host(), worker.startedAt()))
				.toList();
		}
		// end::workers[]

		// tag::cancel[]
		@Transactional
		public List<Cancellation> withdraw(String upload) {
			this.jdbc.update("update upload set state = 'withdrawn' where id = ?", upload);
			return this.jobs.cancelByLabel(upload, JobPageRequest.ofSize(1_000)).items();
		}
		// end::cancel[]

		// tag::cancel-key[]
		boolean cancelReminder(String user) {
			return this.jobs.cancelByKey("import", "remind:" + user).isPresent();
		}
		// end::cancel-key[]

		// tag::run-now[]
		String sooner(JobId id) {
			Rescheduling.Effect effect = this.jobs.runNow(id).effect();
			return switch (effect) {
				case RESCHEDULED -> "It runs as soon as a slot is free";
				case RUNNING -> "It runs already";
				case FINISHED -> "It is over";
				case DEAD -> "It is dead: retry it";
				case UNKNOWN -> "There is no such job";
			};
		}
		// end::run-now[]

		// tag::retry[]
		long retryImports() {
			JobFilter dead = JobFilter.dead().withKind("ImportRow");
			return this.jobs.retryAll(dead, JobPageRequest.ofSize(100))
				.items()
				.stream()
				.filter((retrial) -> retrial.effect() == Retrial.Effect.RETRIED)
				.count();
		}
		// end::retry[]

		// tag::delete[]
		int deleteLettersBefore(Instant moment) {
			JobFilter old = JobFilter.dead().withFinishedBefore(moment);
			return this.jobs.deleteAll(old, JobPageRequest.ofSize(1_000)).items().size();
		}
		// end::delete[]

		// tag::pause[]
		void beginMaintenance() {
			this.queues.pause("import");
			this.queues.setConcurrency("import", 2);
		}

		void endMaintenance() {
			this.queues.resume("import");
			this.queues.clearConcurrency("import");
		}
		// end::pause[]

		// tag::queues[]
		List<String> paused() {
			return this.queues.list().stream().filter(QueueSettings::isPaused).map(QueueSettings::queue).toList();
		}
		// end::queues[]

	}

	static class Importer {

		final Set<Integer> imported = ConcurrentHashMap.newKeySet();

		volatile boolean broken;

		volatile boolean slow;

		@JobHandler(queue = "import")
		void importRow(ImportRow job) {
			while (this.slow) {
				LockSupport.parkNanos(1_000_000);
			}
			if (this.broken) {
				throw new IllegalStateException("The importer is broken");
			}
			this.imported.add(job.row());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Imports {

		@Bean
		Importer importer() {
			return new Importer();
		}

		@Bean
		Support support(JobOperations jobs, QueueOperations queues, JdbcTemplate jdbc) {
			return new Support(jobs, queues, jdbc);
		}

	}

}
