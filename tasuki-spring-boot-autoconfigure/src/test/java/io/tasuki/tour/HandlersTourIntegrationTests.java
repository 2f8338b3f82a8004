package io.tasuki.tour;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.tasuki.FoundJob;
import io.tasuki.Handler;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobEvent;
import io.tasuki.JobId;
import io.tasuki.JobInterceptor;
import io.tasuki.JobKind;
import io.tasuki.JobListener;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.PayloadUpcaster;
import io.tasuki.annotation.JobArgumentResolver;
import io.tasuki.annotation.JobHandler;
import io.tasuki.worker.HandlerRegistration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/handlers.md. */
class HandlersTourIntegrationTests {

	private final TourApplication application = new TourApplication();

	@Test
	@DisplayName("B15: a JobArgumentResolver bean supplies what is neither payload nor job")
	void takesArgumentsFromResolvers() {
		this.application.run(Tenants.class, (context) -> {
			JobRequest<?> request = JobRequest.of(new SendInvoice(7)).withQueue("tenant-blue");
			await(context, context.getBean(JobClient.class).enqueue(request).id(), JobState.SUCCEEDED);
			assertThat(context.getBean(Seen.class).words).containsExactly("invoice 7 of blue");
		});
	}

	@Test
	@DisplayName("B32: JobInterceptor beans stand around every handler in their order, and may end an attempt")
	void standsInsideOfInterceptors() {
		this.application.run(Interceptors.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			Seen seen = context.getBean(Seen.class);
			await(context, client.enqueue(new Greet("ada")).id(), JobState.SUCCEEDED);
			await(context, client.enqueue(JobRequest.ofKind("plain")).id(), JobState.SUCCEEDED);
			assertThat(seen.words).containsExactly("Greet", "plain");
			context.getBean(Office.class).open = false;
			JobId snoozed = client.enqueue(new Greet("bob")).id();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> leaseNo(context, snoozed) == 1
						&& client.find(snoozed).orElseThrow().state() == JobState.AVAILABLE);
			assertThat(client.find(snoozed).orElseThrow().job().attempt()).isZero();
			assertThat(seen.words).containsExactly("Greet", "plain");
		});
	}

	private static int leaseNo(ApplicationContext context, JobId id) {
		Integer leaseNo = context.getBean(JdbcTemplate.class)
			.queryForObject("select lease_no from tasuki.job where id = ?", Integer.class, id.value());
		return (leaseNo != null) ? leaseNo : 0;
	}

	@Test
	@DisplayName("B32: an interceptor stands inside the transaction of a handler that completes in its own")
	void interceptsInsideTheHandlersTransaction() {
		this.application.run(TransactionalInterceptor.class, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table booking (seat text)");
			JobId id = context.getBean(JobClient.class).enqueue(new BookSeat("12a")).id();
			FoundJob job = await(context, id, JobState.DEAD);
			assertThat(job.reason()).isEqualTo("inside: true, then seat taken");
			assertThat(jdbc.queryForList("select seat from booking", String.class)).isEmpty();
		});
	}

	@Test
	@DisplayName("B33: JobListener beans are told what became of each attempt, after it was recorded")
	void tellsListeners() {
		this.application.run(Listeners.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			Pager pager = context.getBean(Pager.class);
			JobId id = client.enqueue(JobRequest.of(new Break("ada")).withMaxAttempts(2)).id();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !pager.pages.isEmpty());
			assertThat(pager.pages)
				.containsExactly("Break %s: Attempt 2 of 2 failed: ada broke it (DEAD)".formatted(id));
			Queue<JobEvent> events = context.getBean(Recorder.class).events;
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events.size() == 4);
			assertThat(events).extracting((event) -> event.getClass().getSimpleName())
				.containsExactly("Started", "Failed", "Started", "Dead");
			assertThat(events).element(1)
				.isInstanceOfSatisfying(JobEvent.Failed.class, (failed) -> assertThat(failed.failure())
					.isEqualTo(new JobEvent.Failure(IllegalStateException.class.getName(), "ada broke it")));
		}, "tasuki.retry.initial-delay=10ms");
	}

	@Test
	@DisplayName("B33: a listener that blocks for ever, or throws, stops no job and no shutdown")
	void listenersCannotBreakAnything() {
		this.application.run(BadListeners.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			for (int i = 0; i < 50; i++) {
				client.enqueue(JobRequest.ofKind("plain"));
			}
			JobId last = client.enqueue(new Greet("ada")).id();
			await(context, last, JobState.SUCCEEDED);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> context.getBean(Seen.class).words.size() == 51
						&& context.getBean(Thrower.class).told.size() == 51);
			long begin = System.nanoTime();
			context.getSourceApplicationContext().close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
		});
	}

	@Test
	@DisplayName("A payload that was stored before its class changed is brought to the version of the class")
	void readsPayloadsOfOlderVersions() {
		this.application.run(Versions.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			JobId old = insertWelcome(jdbc, "{\"name\": \"Ada Lovelace\"}", null);
			FoundJob read = await(context, old, JobState.SUCCEEDED);
			assertThat(read.job().payload()).isEqualTo("{\"name\": \"Ada Lovelace\"}");
			JobId present = client.enqueue(new Welcome("Grace", "Hopper")).id();
			assertThat(await(context, present, JobState.SUCCEEDED).job().metadata())
				.containsEntry("tasuki.payload-version", "2");
			assertThat(context.getBean(Seen.class).words).containsExactly("Lovelace, Ada", "Hopper, Grace");
		});
	}

	@Test
	@DisplayName("A payload of a newer version is left to instances that know it, one that cannot be upcast is dead")
	void leavesPayloadsOfNewerVersionsToOthers() {
		this.application.run(Versions.class, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			JobId newer = insertWelcome(jdbc, "{}", "{\"tasuki.payload-version\": \"3\"}");
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> !context.getBean(JobClient.class).find(newer).orElseThrow().errors().isEmpty());
			assertThat(context.getBean(JobClient.class).find(newer)).hasValueSatisfying((job) -> {
				assertThat(job.state()).isEqualTo(JobState.AVAILABLE);
				assertThat(job.errors().get(0).message()).contains("version 3").contains("reads version 2");
			});
			FoundJob dead = await(context, insertWelcome(jdbc, "{\"name\": \"Ada\"}", null), JobState.DEAD);
			assertThat(dead.reason()).startsWith("The payload cannot be read: ")
				.contains("cannot be brought from version 1 of its payload to the next");
			assertThat(dead.job().payload()).isEqualTo("{\"name\": \"Ada\"}");
		}, "tasuki.retry.initial-delay=1h");
	}

	private static JobId insertWelcome(JdbcTemplate jdbc, String payload, @Nullable String metadata) {
		return new JobId(jdbc.queryForObject(
				"""
						insert into tasuki.job (kind, payload, metadata) values ('mail.welcome', ?::jsonb, ?::jsonb) returning id
						""",
				Long.class, payload, metadata));
	}

	private static FoundJob await(ApplicationContext context, JobId id, JobState state) {
		JobClient client = context.getBean(JobClient.class);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.find(id).orElseThrow().state() == state);
		return client.find(id).orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Handlers.class, TenantResolver.class, Invoices.class })
	static class Tenants {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Handlers.class, Office.class, LoggingContext.class, ClosingHours.class })
	static class Interceptors {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Handlers.class, InTransaction.class })
	static class TransactionalInterceptor {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Handlers.class, Pager.class, Recorder.class })
	static class Listeners {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Seen.class, Handlers.class, Blocker.class, Thrower.class })
	static class BadListeners {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Seen.class)
	static class Versions {

		private final Seen seen;

		Versions(Seen seen) {
			this.seen = seen;
		}

		// tag::upcaster[]
		@Bean
		static PayloadUpcaster splitName() {
			JsonMapper mapper = JsonMapper.shared();
			return PayloadUpcaster.of("mail.welcome", 1, (json) -> {
				String[] name = mapper.readTree(json).path("name").asString().split(" ", 2);
				return mapper.writeValueAsString(Map.of("firstName", name[0], "lastName", name[1]));
			});
		}
		// end::upcaster[]

		@JobHandler
		void welcome(Welcome job) {
			this.seen.words.add("%s, %s".formatted(job.lastName(), job.firstName()));
		}

	}

	// tag::version[]
	@JobKind(value = "mail.welcome", version = 2)
	record Welcome(String firstName, String lastName) {
	}
	// end::version[]

	record SendInvoice(int number) {
	}

	record Tenant(String name) {
	}

	record Greet(String user) {
	}

	record Break(String user) {
	}

	record BookSeat(String seat) {
	}

	static class Seen {

		private final List<String> words = new CopyOnWriteArrayList<>();

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		private final Seen seen;

		private final JdbcTemplate jdbc;

		Handlers(Seen seen, JdbcTemplate jdbc) {
			this.seen = seen;
			this.jdbc = jdbc;
		}

		@JobHandler
		void greet(Greet job) {
			this.seen.words.add(String.valueOf(MDC.get("kind")));
		}

		@JobHandler
		void breakIt(Break job) {
			throw new IllegalStateException(job.user() + " broke it");
		}

		@Transactional
		@JobHandler
		public void book(BookSeat job) {
			this.jdbc.update("insert into booking values (?)", job.seat());
			throw new IllegalStateException("seat taken");
		}

		@Bean
		HandlerRegistration plain() {
			return HandlerRegistration.of("plain", (context) -> {
				this.seen.words.add(String.valueOf(MDC.get("kind")));
				return JobResult.done();
			});
		}

	}

	// tag::resolver[]
	@Component
	static class TenantResolver implements JobArgumentResolver {

		@Override
		public boolean supports(MethodParameter parameter) {
			return parameter.getParameterType() == Tenant.class;
		}

		@Override
		public Tenant resolve(MethodParameter parameter, JobContext context) {
			return new Tenant(context.job().queue().replace("tenant-", ""));
		}

	}
	// end::resolver[]

	@Configuration(proxyBeanMethods = false)
	static class Invoices {

		private final Seen seen;

		Invoices(Seen seen) {
			this.seen = seen;
		}

		// tag::resolved[]
		@JobHandler(queue = "tenant-blue")
		void invoice(SendInvoice job, Tenant tenant) {
			this.seen.words.add("invoice %d of %s".formatted(job.number(), tenant.name()));
		}
		// end::resolved[]

	}

	// tag::interceptor[]
	@Component
	@Order(1)
	static class LoggingContext implements JobInterceptor {

		@Override
		public JobResult intercept(JobContext context, Handler next) throws Exception {
			MDC.put("kind", context.job().kind());
			try {
				return next.handle(context);
			}
			finally {
				MDC.remove("kind");
			}
		}

	}
	// end::interceptor[]

	static class Office {

		private volatile boolean open = true;

	}

	// tag::short-circuit[]
	@Component
	@Order(2)
	static class ClosingHours implements JobInterceptor {

		private final Office office;

		ClosingHours(Office office) {
			this.office = office;
		}

		@Override
		public JobResult intercept(JobContext context, Handler next) throws Exception {
			return this.office.open ? next.handle(context) : JobResult.snooze(Duration.ofMinutes(10));
		}

	}
	// end::short-circuit[]

	static class InTransaction implements JobInterceptor {

		@Override
		public JobResult intercept(JobContext context, Handler next) throws Exception {
			boolean inside = TransactionSynchronizationManager.isActualTransactionActive();
			try {
				return next.handle(context);
			}
			catch (IllegalStateException ex) {
				return JobResult.fail("inside: %s, then %s".formatted(inside, ex.getMessage()));
			}
		}

	}

	// tag::listener[]
	@Component
	static class Pager implements JobListener {

		private final JobClient client;

		private final Queue<String> pages = new ConcurrentLinkedQueue<>();

		Pager(JobClient client) {
			this.client = client;
		}

		@Override
		public void dead(JobEvent.Dead event) {
			FoundJob job = this.client.find(event.job().id()).orElseThrow();
			this.pages
				.add("%s %s: %s (%s)".formatted(event.job().kind(), event.job().id(), event.reason(), job.state()));
		}

	}
	// end::listener[]

	static class Recorder implements JobListener {

		private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();

		@Override
		public void started(JobEvent.Started event) {
			this.events.add(event);
		}

		@Override
		public void failed(JobEvent.Failed event) {
			this.events.add(event);
		}

		@Override
		public void dead(JobEvent.Dead event) {
			this.events.add(event);
		}

	}

	static class Blocker implements JobListener {

		@Override
		public void started(JobEvent.Started event) {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

	static class Thrower implements JobListener {

		private final List<JobEvent> told = new CopyOnWriteArrayList<>();

		@Override
		public void succeeded(JobEvent.Succeeded event) {
			this.told.add(event);
			throw new IllegalStateException("from a listener");
		}

	}

}
