package io.tasuki.tour;

import java.time.Duration;
import java.util.Map;

import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobOperations;
import io.tasuki.JobPageRequest;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.RetentionMode;
import io.tasuki.annotation.JobHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionTourIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TourApplication application = new TourApplication();

	@ParameterizedTest
	@CsvSource({ "ALL, 2, 1", "DEAD, 0, 1", "NONE, 0, 0" })
	void keepsOfAQueueWhatItIsToldTo(RetentionMode mode, int archived, int dead) { // B48
		this.application.run(Handlers.class, (context) -> {
			runEach(context.getBean(JobClient.class), "ends");
			assertKept(context.getBean(Tables.class), "ends", archived, dead);
		}, "tasuki.queues.default.retention=" + mode);
	}

	@Test
	void keepsOfAHandlersJobsWhatItSays() { // B48
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			runEach(jobs, "ping");
			runEach(jobs, "joined");
			runEach(jobs, "ends");
			Tables tables = context.getBean(Tables.class);
			assertKept(tables, "ping", 0, 0);
			assertKept(tables, "joined", 0, 1);
			assertKept(tables, "ends", 2, 1);
		});
	}

	@Test
	void deletesWhatNobodyKeepsThoughSomebodyCancelledItMeanwhile() { // B48
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			Handlers.cancelled = null;
			jobs.enqueue(JobRequest.ofKind("cancelled").withMaxAttempts(5));
			Awaitility.await().until(() -> Handlers.cancelled != null);
			Tables tables = context.getBean(Tables.class);
			Awaitility.await().until(() -> tables.live() == 0);
			assertKept(tables, "cancelled", 0, 0);
		});
	}

	@ParameterizedTest
	@CsvSource({ "ALL, 1", "DEAD, 0", "NONE, 0" })
	void keepsOfAJobThatIsCancelledWhileItWaitsWhatItsQueueSays(RetentionMode mode, int archived) { // B48
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			JobRequest<?> request = JobRequest.ofKind("ping").withDelay(Duration.ofHours(1));
			jobs.cancel(jobs.enqueue(request).id());
			assertKept(context.getBean(Tables.class), "ping", archived, 0);
		}, "tasuki.queues.default.retention=" + mode);
	}

	@Test
	void keepsOfJobsThatAreCancelledTogetherWhatEachQueueSays() { // B48
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			for (String queue : new String[] { "kept", "forgotten", "kept", "dead-only" }) {
				jobs.enqueue(JobRequest.ofKind("in " + queue)
					.withQueue(queue)
					.withLabel("import 7")
					.withUniqueKey(queue)
					.withDelay(Duration.ofHours(1)));
				jobs.enqueue(JobRequest.ofKind("in " + queue).withQueue(queue).withDelay(Duration.ofHours(1)));
			}
			JobOperations operations = context.getBean(JobOperations.class);
			assertThat(operations.cancelByKey("forgotten", "forgotten")).isPresent();
			assertThat(operations.cancelAll(JobFilter.live(), JobPageRequest.ofSize(100)).items()).hasSize(6);
			Tables tables = context.getBean(Tables.class);
			assertKept(tables, "in kept", 3, 0);
			assertKept(tables, "in forgotten", 0, 0);
			assertKept(tables, "in dead-only", 0, 0);
		}, "tasuki.queues.forgotten.retention=none", "tasuki.queues.dead-only.retention=dead");
	}

	/** One that succeeds, one that is cancelled, one that dies. */
	private static void runEach(JobClient jobs, String kind) {
		for (String end : new String[] { "done", "cancel", "fail" }) {
			jobs.enqueue(JobRequest.of(kind, Map.of("end", end)));
		}
	}

	private static void assertKept(Tables tables, String kind, int archived, int dead) {
		Awaitility.await().atMost(LONG).until(() -> tables.live() == 0);
		assertThat(tables.count("job_archive", kind)).isEqualTo(archived);
		assertThat(tables.count("job_dead", kind)).isEqualTo(dead);
	}

	private static JobResult end(Map<String, String> payload) {
		return switch (payload.get("end")) {
			case "cancel" -> JobResult.cancel("not wanted");
			case "fail" -> JobResult.fail("impossible");
			default -> JobResult.done();
		};
	}

	record Tables(JdbcTemplate jdbc) {

		int live() {
			return this.jdbc.queryForObject("select count(*) from tasuki.job", Integer.class);
		}

		int count(String table, String kind) {
			return this.jdbc.queryForObject("select count(*) from tasuki." + table + " where kind = ?", Integer.class,
					kind);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		static volatile Boolean cancelled;

		@Bean
		Tables tables(JdbcTemplate jdbc) {
			return new Tables(jdbc);
		}

		@Bean
		Endings endings(JobClient jobs) {
			return new Endings(jobs);
		}

	}

	static class Endings {

		private final JobClient jobs;

		Endings(JobClient jobs) {
			this.jobs = jobs;
		}

		@JobHandler("ends")
		JobResult ends(Map<String, String> payload) {
			return end(payload);
		}

		// tag::handler[]
		@JobHandler(value = "ping", retention = RetentionMode.NONE)
		JobResult ping(Map<String, String> payload) {
			return end(payload);
		}
		// end::handler[]

		@JobHandler(value = "joined", retention = RetentionMode.DEAD)
		@Transactional
		public JobResult joined(Map<String, String> payload) {
			return end(payload);
		}

		@JobHandler(value = "cancelled", retention = RetentionMode.NONE)
		JobResult cancelled(Job job) {
			this.jobs.cancel(job.id());
			Handlers.cancelled = true;
			return JobResult.retry();
		}

	}

}
