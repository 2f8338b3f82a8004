package io.tasuki.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.EndpointClient.Answer;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators see and change over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class EndpointHttpIntegrationTests {

	private final WebApplicationContextRunner application = EndpointApplication
		.on(TestPostgres.shared().freshDatabase())
		.withBean(Mailer.class);

	@Test
	@DisplayName("B54: the endpoint itself shows the worker of this instance")
	void showsTheWorkerOfThisInstance() {
		run((tested) -> assertThat(tested.http.read("").path("worker").path("running").asBoolean()).isTrue());
	}

	@Test
	@DisplayName("B54: queues are listed with what they hold and how they were set")
	void listsQueues() {
		run((tested) -> {
			tested.queues.setConcurrency("import", 2);
			HeededPause.pause(tested.queues, "mail");
			tested.enqueue(invoice());
			tested.enqueue(invoice().withDelay(Duration.ofHours(1)));
			JsonNode queues = tested.http.read("/queues").path("queues");
			assertThat(queues.size()).isEqualTo(2);
			assertThat(queues.path(0).path("name").asString()).isEqualTo("import");
			assertThat(queues.path(0).path("concurrency").asInt()).isEqualTo(2);
			assertThat(queues.path(0).has("pausedAt")).isFalse();
			JsonNode mail = queues.path(1);
			assertThat(mail.path("due").asInt(-1)).isOne();
			assertThat(mail.path("scheduled").asInt(-1)).isOne();
			assertThat(mail.path("running").asInt(-1)).isZero();
			assertThat(mail.path("dead").asInt(-1)).isZero();
			assertThat(mail.path("complete").asBoolean()).isTrue();
			assertThat(Instant.parse(mail.path("pausedAt").asString())).isNotNull();
		});
	}

	@Test
	@DisplayName("B54: jobs are listed in pages that begin where the one before ended")
	void listsJobsPageByPage() {
		run((tested) -> {
			HeededPause.pause(tested.queues, "mail");
			List<Long> enqueued = IntStream.range(0, 5).mapToObj((job) -> tested.enqueue(invoice()).value()).toList();
			List<Long> listed = new ArrayList<>();
			String after = "";
			do {
				JsonNode page = tested.http.read("/jobs?size=2&after=" + after);
				assertThat(page.path("jobs").size()).isLessThanOrEqualTo(2);
				listed.addAll(ids(page.path("jobs")));
				after = page.path("next").asString("");
			}
			while (!after.isEmpty());
			assertThat(listed).isEqualTo(enqueued);
		});
	}

	@Test
	@DisplayName("B54: jobs are filtered by state, queue, kind, label and age")
	void filtersJobs() {
		run((tested) -> {
			HeededPause.pause(tested.queues, "mail");
			long plain = tested.enqueue(invoice()).value();
			long labelled = tested.enqueue(invoice().withLabel("batch-7").withUniqueKey("ada@example.org")).value();
			long other = tested.enqueue(JobRequest.ofKind("Other").withQueue("parcels")).value();
			assertThat(tested.listed("")).containsExactly(plain, labelled, other);
			assertThat(tested.listed("?state=available,RUNNING&queue=mail")).containsExactly(plain, labelled);
			assertThat(tested.listed("?kind=Other")).containsExactly(other);
			assertThat(tested.listed("?label=batch-7")).containsExactly(labelled);
			assertThat(tested.listed("?state=RUNNING")).isEmpty();
			assertThat(tested.listed("?state=DEAD")).isEmpty();
			assertThat(tested.listed("?createdBefore=2020-01-01T00:00:00Z")).isEmpty();
			assertThat(tested.listed("?createdFrom=2020-01-01T00:00:00%2B01:00&size=1000")).hasSize(3);
			JsonNode job = tested.http.read("/jobs?label=batch-7").path("jobs").path(0);
			assertThat(job.path("kind").asString()).isEqualTo("SendInvoice");
			assertThat(job.path("state").asString()).isEqualTo("AVAILABLE");
			assertThat(job.path("label").asString()).isEqualTo("batch-7");
			assertThat(job.path("uniqueKey").asString()).isEqualTo("******");
		});
	}

	@Test
	@DisplayName("B54: a job is shown with the history of its attempts, with why it does not run, and with its values masked")
	void showsAJob() {
		run((tested) -> {
			tested.mailer.broken = true;
			JobId id = tested.enqueue(invoice().withMaxAttempts(1).withMetadata("customer", "ada@example.org"));
			tested.awaitState(id, JobState.DEAD);
			tested.mailer.broken = false;
			tested.http.write("/jobs/%s/retry".formatted(id), "{}");
			tested.awaitState(id, JobState.SUCCEEDED);
			JsonNode job = tested.http.read("/jobs/" + id);
			assertThat(job.path("state").asString()).isEqualTo("SUCCEEDED");
			assertThat(job.path("payload").asString()).isEqualTo("******");
			assertThat(job.path("result").asString()).isEqualTo("******");
			assertThat(job.path("metadata").path("customer").asString()).isEqualTo("******");
			assertThat(job.toString()).doesNotContain("ada@example.org", "number", "invoice 4711");
			JsonNode attempts = job.path("attempts");
			assertThat(attempts.size()).isEqualTo(2);
			assertThat(attempts.path(0).path("attempt").asInt()).isOne();
			assertThat(attempts.path(0).path("outcome").asString()).isEqualTo("FAILED");
			assertThat(attempts.path(0).path("error").path("message").asString()).isEqualTo("450 mailbox busy");
			assertThat(attempts.path(0).path("error").path("stackTrace").asString()).contains("Mailer");
			assertThat(attempts.path(0).path("logLines").path(0).path("text").asString()).isEqualTo("******");
			assertThat(attempts.path(1).path("attempt").asInt()).isOne();
			assertThat(attempts.path(1).path("outcome").asString()).isEqualTo("SUCCEEDED");
			assertThat(attempts.path(1).path("logLines").size()).isOne();
			assertThat(job.path("explanation").path("message").asString()).startsWith("It succeeded at 20");
			assertThat(job.path("explanation").path("reasons").path(0).path("type").asString()).isEqualTo("Ended");
		});
	}

	@Test
	@DisplayName("B54: workers are listed with what they do")
	void listsWorkers() {
		run((tested) -> Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			JsonNode workers = tested.http.read("/workers").path("workers");
			assertThat(workers.size()).isOne();
			assertThat(workers.path(0).path("name").asString()).isEqualTo("till");
			assertThat(workers.path(0).path("state").asString()).isEqualTo("RUNNING");
			assertThat(workers.path(0).path("leaseDuration").asString()).isEqualTo("PT3S");
			assertThat(workers.path(0).path("queues").toString()).isEqualTo("[\"default\",\"mail\"]");
			assertThat(workers.path(0).path("kinds").toString()).isEqualTo("[\"SendInvoice\"]");
		}));
	}

	@Test
	@DisplayName("B54: a queue is paused and resumed, and the log says so")
	void pausesAndResumesAQueue(CapturedOutput output) {
		run((tested) -> {
			tested.enqueue(JobRequest.ofKind("Other").withQueue("parcels"));
			JsonNode paused = tested.http.write("/queues/parcels/pause", "{}");
			assertThat(paused.path("changed").asBoolean()).isTrue();
			assertThat(paused.path("paused").asBoolean()).isTrue();
			assertThat(paused.path("message").asString()).isEqualTo("None of its jobs starts any more.");
			assertThat(tested.queues.list()).anySatisfy((queue) -> {
				assertThat(queue.queue()).isEqualTo("parcels");
				assertThat(queue.isPaused()).isTrue();
			});
			assertThat(tested.http.write("/queues/parcels/pause", "{}").path("changed").asBoolean(true)).isFalse();
			assertThat(tested.http.write("/queues/parcels/resume", "{}").path("message").asString())
				.isEqualTo("Its jobs start again.");
			assertThat(tested.queues.list()).noneMatch(QueueSettings::isPaused);
		});
		assertThat(output).contains("Somebody who was not asked to log in asked over HTTP to pause queue 'parcels': "
				+ "None of its jobs starts any more.", "to resume queue 'parcels': Its jobs start again.");
	}

	@Test
	@DisplayName("B54: whoever pauses a queue that nobody knows is asked whether that is its name")
	void warnsOfAQueueThatNobodyKnows() {
		run((tested) -> {
			assertThat(tested.http.write("/queues/mial/pause", "{}").path("message").asString())
				.endsWith("But is 'mial' its name? No job is in it, and no worker takes jobs from it.");
			tested.awaitWorker();
			assertThat(tested.http.write("/queues/mail/pause", "{}").path("message").asString())
				.doesNotContain("its name");
		});
	}

	@Test
	@DisplayName("B54: a dead job is retried once; a second wish is a conflict")
	void retriesADeadJob(CapturedOutput output) {
		run((tested) -> {
			JobId id = tested.deadJob();
			tested.mailer.broken = false;
			JsonNode change = tested.http.write("/jobs/%s/retry".formatted(id), "{}");
			assertThat(change.path("id").asLong()).isEqualTo(id.value());
			assertThat(change.path("effect").asString()).isEqualTo("RETRIED");
			tested.awaitState(id, JobState.SUCCEEDED);
			Answer again = tested.http.post("/jobs/%s/retry".formatted(id), "{}");
			assertThat(again.status()).isEqualTo(409);
			assertThat(again.body().path("changed").asBoolean(true)).isFalse();
			assertThat(again.body().path("message").asString())
				.isEqualTo("Nothing changed: it is SUCCEEDED, and only dead jobs can be retried.");
			assertThat(output).contains("to retry job %s: It is due at once".formatted(id),
					"to retry job %s: Nothing changed".formatted(id));
		});
	}

	@Test
	@DisplayName("B54: a waiting job is cancelled, and the answer does not give its payload away")
	void cancelsAJob() {
		run((tested) -> {
			HeededPause.pause(tested.queues, "mail");
			JobId id = tested.enqueue(invoice());
			Answer answer = tested.http.post("/jobs/%s/cancel".formatted(id), "{}");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body().path("effect").asString()).isEqualTo("CANCELLED");
			assertThat(answer.body().toString()).doesNotContain("number");
			assertThat(tested.find(id).state()).isEqualTo(JobState.CANCELLED);
			Answer again = tested.http.post("/jobs/%s/cancel".formatted(id), "{}");
			assertThat(again.status()).isEqualTo(409);
			assertThat(again.body().path("message").asString()).isEqualTo("Nothing changed: it had ended before.");
		});
	}

	@Test
	@DisplayName("B54: a waiting job is rescheduled to a moment, by a delay, and to now")
	void reschedulesAJob() {
		run((tested) -> {
			JobId id = tested.enqueue(invoice().withDelay(Duration.ofDays(1)));
			String path = "/jobs/%s/reschedule".formatted(id);
			tested.http.write(path, "{\"runAt\": \"2099-01-01T00:00:00Z\"}");
			assertThat(tested.find(id).job().runAt()).isEqualTo("2099-01-01T00:00:00Z");
			assertThat(tested.http.write(path, "{\"delay\": \"90m\"}").path("message").asString())
				.isEqualTo("It waits for PT1H30M from now on.");
			assertThat(tested.find(id).job().runAt()).isBefore(Instant.parse("2099-01-01T00:00:00Z"));
			assertThat(tested.http.write("/jobs/%s/run-now".formatted(id), "{}").path("effect").asString())
				.isEqualTo("RESCHEDULED");
			tested.awaitState(id, JobState.SUCCEEDED);
			Answer late = tested.http.post("/jobs/%s/run-now".formatted(id), "{}");
			assertThat(late.status()).isEqualTo(409);
			assertThat(late.body().path("effect").asString()).isEqualTo("FINISHED");
		});
	}

	@Test
	@DisplayName("B54: retry-all says which jobs it would retry, and does so only when told")
	void retriesAllDeadJobsOfAFilter(CapturedOutput output) {
		run((tested) -> {
			List<Long> dead = IntStream.range(0, 3).mapToObj((job) -> tested.deadJob().value()).toList();
			tested.mailer.broken = false;
			JsonNode dryRun = tested.http.write("/jobs/retry-all", "{\"kind\": \"SendInvoice\"}");
			assertThat(dryRun.path("dryRun").asBoolean()).isTrue();
			assertThat(longs(dryRun.path("retried"))).containsExactlyInAnyOrderElementsOf(dead);
			assertThat(dryRun.path("message").asString()).isEqualTo("Would retry 3 jobs with state DEAD, kind"
					+ " 'SendInvoice'. Nothing was changed: say dryRun=false to have it done.");
			assertThat(tested.listed("?state=DEAD")).hasSize(3);
			assertThat(output).doesNotContain("to retry up to");
			JsonNode other = tested.http.write("/jobs/retry-all", "{\"kind\": \"Other\", \"dryRun\": false}");
			assertThat(other.path("retried").size()).isZero();
			JsonNode first = tested.http.write("/jobs/retry-all",
					"{\"queue\": \"mail\", \"size\": 2, \"dryRun\": false}");
			assertThat(first.path("retried").size()).isEqualTo(2);
			JsonNode second = tested.http.write("/jobs/retry-all",
					"{\"queue\": \"mail\", \"size\": 2, \"dryRun\": false, \"after\": \"%s\"}"
						.formatted(first.path("next").asString()));
			assertThat(second.path("retried").size()).isOne();
			dead.forEach((id) -> tested.awaitState(new JobId(id), JobState.SUCCEEDED));
			assertThat(output).contains("to retry up to 2 jobs: Retried 2 jobs with state DEAD, queue 'mail'.");
		});
	}

	@Test
	@DisplayName("B54: a dead job whose unique key is taken stays dead, and the answer names who has the key")
	void namesWhoHasTheKey() {
		run((tested) -> {
			tested.mailer.broken = true;
			JobId dead = tested.enqueue(invoice().withMaxAttempts(1).withUniqueKey("ada"));
			tested.awaitState(dead, JobState.DEAD);
			HeededPause.pause(tested.queues, "mail");
			JobId holder = tested.enqueue(invoice().withUniqueKey("ada"));
			Answer one = tested.http.post("/jobs/%s/retry".formatted(dead), "{}");
			assertThat(one.status()).isEqualTo(409);
			assertThat(one.body().path("message").asString()).contains("job %s, which lives,".formatted(holder));
			JsonNode all = tested.http.write("/jobs/retry-all", "{\"dryRun\": false}");
			assertThat(all.path("retried").size()).isZero();
			assertThat(all.path("keyTaken").path(0).path("id").asLong()).isEqualTo(dead.value());
			assertThat(all.path("keyTaken").path(0).path("keyHolder").asLong()).isEqualTo(holder.value());
		});
	}

	@Test
	@DisplayName("B54: bad input is answered with 400 and what to do, what is not there with 404")
	void refusesBadInput() {
		run((tested) -> {
			assertRefused(tested.http.get("/jobs?state=dying"), 400, "'state' must be one of AVAILABLE, RUNNING, "
					+ "SUCCEEDED, CANCELLED, DEAD, or several separated by commas, not 'dying'");
			assertRefused(tested.http.get("/jobs?state=AVAILABLE,DEAD"), 400, "Ask for one after the other");
			assertRefused(tested.http.get("/jobs?size=5000"), 400,
					"'size' must be a number from 1 to 1000, not '5000': further jobs are on the next page");
			assertRefused(tested.http.get("/jobs?createdFrom=yesterday"), 400,
					"'createdFrom' must be a moment such as 2026-11-22T12:00:00Z, not 'yesterday'");
			assertRefused(tested.http.get("/jobs?after=dead.1.1"), 400,
					"'dead.1.1' does not continue a listing of live jobs");
			assertRefused(tested.http.get("/jobs?finishedBefore=2026-01-01T00:00:00Z"), 400,
					"Live jobs have not finished");
			assertRefused(tested.http.get("/jobs/seventeen"), 400, "'seventeen' is not the id of a job");
			assertRefused(tested.http.get("/jobs/4711"), 404, "There is no job 4711, or not any more");
			assertRefused(tested.http.get("/schedules"), 404, "There is nothing at 'schedules'. Read queues, workers");
			assertRefused(tested.http.get("/queues/mail"), 404, "There is nothing at 'queues/mail'");
			assertRefused(tested.http.post("/jobs/4711/retry", "{}"), 404, "There is no job 4711");
			assertRefused(tested.http.post("/jobs/4711/cancel", "{}"), 404, "There is no job 4711");
			assertRefused(tested.http.post("/jobs/4711/run-now", "{}"), 404, "There is no job 4711");
			assertRefused(tested.http.post("/jobs/4711/explode", "{}"), 404, "There is nothing at 'jobs/4711/explode'");
			assertRefused(tested.http.post("/jobs/cancel-all", "{}"), 404, "There is nothing at 'jobs/cancel-all'");
			assertRefused(tested.http.post("/jobs/1/reschedule", "{}"), 400,
					"Say when job 1 is to run: either 'runAt', a moment, or 'delay', a duration, not neither");
			assertRefused(tested.http.post("/jobs/1/reschedule", "{\"delay\": \"soon\"}"), 400,
					"'delay' must be a duration such as 90s, 15m or PT1H30M, not 'soon'");
			assertRefused(tested.http.post("/jobs/1/reschedule", "{\"delay\": \"-5m\"}"), 400,
					"Delay must be from zero to");
			assertRefused(tested.http.post("/jobs/retry-all", "{\"dryRun\": \"perhaps\"}"), 400,
					"'dryRun' must be true or false, not 'perhaps'");
			assertRefused(tested.http.post("/queues/" + "q".repeat(200) + "/pause", "{}"), 400,
					"Queue name must have at most 128 characters");
		});
	}

	private static void assertRefused(Answer answer, int status, String error) {
		assertThat(answer.status()).as("%s", answer).isEqualTo(status);
		assertThat(answer.error()).contains(error);
	}

	@Test
	@DisplayName("B54: nothing can be changed unless access is unrestricted")
	void isReadOnlyByDefault() {
		run(this.application, (tested) -> {
			JobId id = tested.deadJob();
			assertThat(tested.http.post("/jobs/%s/retry".formatted(id), "{}").status()).isEqualTo(404);
			assertThat(tested.http.post("/jobs/retry-all", "{\"dryRun\": false}").status()).isEqualTo(405);
			assertThat(tested.http.post("/queues/mail/pause", "{}").status()).isEqualTo(404);
			assertThat(tested.find(id).state()).isEqualTo(JobState.DEAD);
			assertThat(tested.queues.list()).noneMatch(QueueSettings::isPaused);
			assertThat(tested.http.read("/jobs/" + id).path("state").asString()).isEqualTo("DEAD");
		});
	}

	@Test
	@DisplayName("B54: nothing can be changed where no endpoint may change anything")
	void heedsTheMostThatIsPermitted() {
		run((tested) -> assertThat(tested.http.post("/queues/mail/pause", "{}").status()).isEqualTo(404),
				"management.endpoints.access.max-permitted=READ_ONLY");
	}

	@Test
	@DisplayName("B54: an instance that runs no jobs shows and steers those of others")
	void worksWhereNoWorkerRuns() {
		run((tested) -> {
			JobId id = tested.enqueue(invoice());
			assertThat(tested.http.read("").has("worker")).isFalse();
			assertThat(tested.http.read("/workers").path("workers").size()).isZero();
			assertThat(tested.http.read("/jobs/" + id).path("explanation").path("message").asString())
				.contains("no worker is alive at all");
			tested.http.write("/jobs/%s/cancel".formatted(id), "{}");
			assertThat(tested.find(id).state()).isEqualTo(JobState.CANCELLED);
		}, "tasuki.worker.enabled=false");
	}

	private void run(Consumer<Tested> test, String... properties) {
		run(this.application.withPropertyValues(EndpointApplication.WRITABLE).withPropertyValues(properties), test);
	}

	private static void run(WebApplicationContextRunner application, Consumer<Tested> test) {
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(new Tested(context));
		});
	}

	private static JobRequest<Invoice> invoice() {
		return JobRequest.of("SendInvoice", new Invoice(4711)).withQueue("mail");
	}

	private static List<Long> ids(JsonNode jobs) {
		return jobs.valueStream().map((job) -> job.path("id").asLong()).toList();
	}

	private static List<Long> longs(JsonNode numbers) {
		return numbers.valueStream().map(JsonNode::asLong).toList();
	}

	record Invoice(int number) {
	}

	static class Mailer {

		volatile boolean broken;

		@JobHandler(value = "SendInvoice", queue = "mail", keepResult = true)
		String send(Invoice invoice, JobContext context) {
			context.log("invoice " + invoice.number());
			if (this.broken) {
				throw new IllegalStateException("450 mailbox busy");
			}
			return "sent " + invoice.number();
		}

	}

	private static final class Tested {

		final EndpointClient http;

		final JobClient client;

		final QueueOperations queues;

		final JobOperations operations;

		final Mailer mailer;

		Tested(AssertableWebApplicationContext context) {
			this.http = new EndpointClient(context);
			this.client = context.getBean(JobClient.class);
			this.queues = context.getBean(QueueOperations.class);
			this.operations = context.getBean(JobOperations.class);
			this.mailer = context.getBean(Mailer.class);
		}

		JobId enqueue(JobRequest<?> request) {
			return this.client.enqueue(request).id();
		}

		JobId deadJob() {
			this.mailer.broken = true;
			JobId id = enqueue(invoice().withMaxAttempts(1));
			awaitState(id, JobState.DEAD);
			return id;
		}

		FoundJob find(JobId id) {
			return this.client.find(id).orElseThrow();
		}

		List<Long> listed(String filter) {
			return ids(this.http.read("/jobs" + filter).path("jobs"));
		}

		void awaitState(JobId id, JobState state) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(find(id).state()).isEqualTo(state));
		}

		void awaitWorker() {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(this.operations.workers()).isNotEmpty());
		}

	}

}
