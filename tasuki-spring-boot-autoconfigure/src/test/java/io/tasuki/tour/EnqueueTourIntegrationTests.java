package io.tasuki.tour;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.tasuki.ConflictPolicy;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.EnqueuedJob;
import io.tasuki.EnqueuedJob.Effect;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobKind;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.PayloadException;
import io.tasuki.UniqueKey;
import io.tasuki.annotation.JobHandler;
import jakarta.validation.constraints.NotBlank;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnqueueTourIntegrationTests {

	private static final BlockingQueue<Job> ran = new LinkedBlockingQueue<>();

	private final TourApplication application = new TourApplication();

	@Test
	void keepsTheJobThatHasTheKey() { // B10
		withoutWorker((jobs) -> {
			UUID userId = UUID.randomUUID();
			// tag::unique[]
			JobRequest<AskForFeedback> request = JobRequest.of(new AskForFeedback(userId))
				.withDelay(Duration.ofDays(3))
				.withUniqueKey("feedback:" + userId);
			EnqueuedJob first = jobs.enqueue(request);
			EnqueuedJob second = jobs.enqueue(request); // stores nothing: first.id() is
														// its id too
			// end::unique[]
			assertThat(first.created()).isTrue();
			assertThat(second).isEqualTo(new EnqueuedJob(first.id(), Effect.EXISTING));
		});
	}

	@Test
	void putsASearchIndexOffUntilNobodyTypes() { // B10
		withoutWorker((jobs) -> {
			long documentId = 7;
			// tag::debounce[]
			UniqueKey key = UniqueKey.of("index:" + documentId).withConflictPolicy(ConflictPolicy.DEBOUNCE);
			EnqueuedJob job = jobs.enqueue(
					JobRequest.of(new IndexDocument(documentId)).withDelay(Duration.ofSeconds(10)).withUniqueKey(key));
			// end::debounce[]
			assertThat(job.effect()).isEqualTo(Effect.CREATED);
			assertThat(jobs.enqueue(JobRequest.of(new IndexDocument(documentId)).withUniqueKey(key)))
				.isEqualTo(new EnqueuedJob(job.id(), Effect.REPLACED));
		});
	}

	@Test
	void knowsEqualPayloads() { // B11
		withoutWorker((jobs) -> {
			// tag::payload[]
			EnqueuedJob job = jobs.enqueue(JobRequest.of(new IndexDocument(7)).withUniqueKey(UniqueKey.ofPayload()));
			// end::payload[]
			assertThat(jobs.enqueue(JobRequest.of(new IndexDocument(7)).withUniqueKey(UniqueKey.ofPayload())))
				.isEqualTo(new EnqueuedJob(job.id(), Effect.EXISTING));
			assertThat(jobs.enqueue(JobRequest.of(new IndexDocument(8)).withUniqueKey(UniqueKey.ofPayload())).created())
				.isTrue();
		});
	}

	@Test
	void carriesLabelAndMetadataToTheArchive() { // B12, B13
		this.application.run(Mailer.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			// tag::label[]
			EnqueuedJob job = jobs.enqueue(JobRequest.of(new SendWelcome("a@example.org"))
				.withLabel("import 42")
				.withMetadata("requestId", "r-1"));
			// end::label[]
			Job seen = next();
			assertThat(seen.label()).isEqualTo("import 42");
			assertThat(seen.metadata()).isEqualTo(Map.of("requestId", "r-1"));
			Awaitility.await().until(() -> jobs.find(job.id()).orElseThrow().state() == JobState.SUCCEEDED);
			Job found = jobs.find(job.id()).orElseThrow().job();
			assertThat(found.label()).isEqualTo("import 42");
			assertThat(found.metadata()).isEqualTo(Map.of("requestId", "r-1"));
			assertThat(jobs
				.enqueueAll(List.of(JobRequest.of(new SendWelcome("b@example.org")).withMetadata("quote", "\"\\ ü {"),
						new SendWelcome("c@example.org"))))
				.hasSize(2);
			assertThat(List.of(next().metadata(), next().metadata()))
				.containsExactlyInAnyOrder(Map.of("quote", "\"\\ ü {"), Map.of());
		});
	}

	@Test
	void takesDefaultsFromThePayloadsClass() { // B7, B8, B9
		this.application.run(Mailer.class, (context) -> {
			context.getBean(JobClient.class).enqueue(new SendWelcome("a@example.org"));
			Job seen = next();
			assertThat(seen.kind()).isEqualTo("mail.welcome");
			assertThat(seen.queue()).isEqualTo("mail");
			assertThat(seen.priority()).isEqualTo(2);
			assertThat(seen.maxAttempts()).isEqualTo(4);
			context.getBean(JobClient.class)
				.enqueue(JobRequest.of(new SendWelcome("a@example.org"))
					.withQueue("default")
					.withPriority(7)
					.withMaxAttempts(9));
			Job asked = next();
			assertThat(asked.queue()).isEqualTo("default");
			assertThat(asked.priority()).isEqualTo(7);
			assertThat(asked.maxAttempts()).isEqualTo(9);
		});
	}

	@Test
	void refusesAnInvalidPayload() {
		withoutWorker((jobs) -> assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> jobs.enqueue(new SendWelcome(" ")))
			.withMessage("The payload of a job of kind 'mail.welcome' for queue 'mail' is not valid: "
					+ "address must not be blank"));
	}

	@Test
	void refusesToEnqueueOutsideATransactionIfAsked() { // B1
		this.application.run(Nothing.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> jobs.enqueue(new IndexDocument(7)))
				.withMessage("The job of kind 'IndexDocument' for queue 'default' was not enqueued, because no "
						+ "transaction that covers the queue's data source is active, and "
						+ "'tasuki.client.require-transaction' asks for one. Call from a method with @Transactional, "
						+ "or set that property to false");
			EnqueuedJob job = context.getBean(TransactionTemplate.class)
				.execute((status) -> jobs.enqueue(new IndexDocument(7)));
			assertThat(jobs.find(job.id())).isPresent();
		}, "tasuki.client.require-transaction=true", "tasuki.worker.enabled=false");
	}

	@Test
	void enqueuesInsideTheTransactionOfAHandler() { // B14
		this.application.run(Billing.class, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table invoice (id bigint primary key)");
			context.getBean(JobClient.class).enqueue(JobRequest.of(new Bill(1, true)).withMaxAttempts(1));
			context.getBean(JobClient.class).enqueue(new Bill(2, false));
			assertThat(next().payload()).isEqualTo("{\"invoice\": 2}");
			Awaitility.await()
				.until(() -> jdbc.queryForObject("select count(*) from tasuki.job_dead", Integer.class) == 1);
			assertThat(jdbc.queryForList("select id from invoice", Long.class)).containsExactly(2L);
			assertThat(jdbc.queryForObject("select count(*) from tasuki.job where kind = 'SendInvoice'", Integer.class))
				.isZero();
		});
	}

	private void withoutWorker(Consumer<JobClient> test) {
		this.application.run(Nothing.class, (context) -> test.accept(context.getBean(JobClient.class)),
				"tasuki.worker.enabled=false");
	}

	private static Job next() {
		try {
			Job job = ran.poll(60, TimeUnit.SECONDS);
			assertThat(job).isNotNull();
			return job;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record AskForFeedback(UUID userId) {

	}

	record IndexDocument(long documentId) {

	}

	// tag::defaults[]
	@JobKind(value = "mail.welcome", queue = "mail", priority = 2, maxAttempts = 4)
	record SendWelcome(@NotBlank String address) {
	}
	// end::defaults[]

	record Bill(long invoice, boolean fails) {

	}

	record SendInvoice(long invoice) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class Mailer {

		@JobHandler
		void welcome(SendWelcome payload, Job job) {
			ran.add(job);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Billing {

		@Bean
		Biller biller(JdbcTemplate jdbc, JobClient jobs) {
			return new Biller(jdbc, jobs);
		}

	}

	static class Biller {

		private final JdbcTemplate jdbc;

		private final JobClient jobs;

		Biller(JdbcTemplate jdbc, JobClient jobs) {
			this.jdbc = jdbc;
			this.jobs = jobs;
		}

		// tag::handler[]
		@JobHandler
		@Transactional
		public void bill(Bill bill) {
			this.jdbc.update("insert into invoice (id) values (?)", bill.invoice());
			this.jobs.enqueue(new SendInvoice(bill.invoice()));
			if (bill.fails()) {
				throw new IllegalStateException("Neither the invoice nor the job that sends it is there");
			}
		}
		// end::handler[]

		@JobHandler
		void send(SendInvoice invoice, Job job) {
			ran.add(job);
		}

	}

}
