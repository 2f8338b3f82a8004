package io.tasuki.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.tasuki.BatchResult;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobInterceptor;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.PayloadException;
import io.tasuki.annotation.JobHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TracesIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final Traces traces = new Traces();

	@Test
	void requestItsJobAndThatJobsJobAreOneTrace() { // B13, B53
		this.traces.run(Handlers.class, (context) -> {
			Traces.request(context, "place order",
					() -> jobs(context).enqueue(JobRequest.ofKind("pay").withQueue("money")));
			JobId second = awaitNext(context);
			SpanData enqueue = this.traces.span("enqueue pay");
			Traces.assertChild(enqueue, this.traces.span("place order"));
			SpanData process = this.traces.span("process pay");
			Traces.assertChild(process, enqueue);
			SpanData enqueueNext = this.traces.span("enqueue ship");
			Traces.assertChild(enqueueNext, process);
			SpanData processNext = this.traces.span("process ship");
			Traces.assertChild(processNext, enqueueNext);
			assertThat(Traces.key(enqueue, "outcome")).isEqualTo("created");
			assertThat(Traces.key(enqueue, "queue")).isEqualTo("money");
			assertThat(Traces.key(enqueue, "tasuki.batch.size")).isEqualTo("1");
			assertThat(Traces.key(enqueueNext, "tasuki.job.id")).isEqualTo(second.toString());
			assertThat(Traces.key(processNext, "tasuki.job.id")).isEqualTo(second.toString());
			assertThat(Traces.key(process, "kind")).isEqualTo("pay");
			assertThat(Traces.key(process, "queue")).isEqualTo("money");
			assertThat(Traces.key(process, "outcome")).isEqualTo("succeeded");
			assertThat(Traces.key(process, "tasuki.job.attempt")).isEqualTo("1");
		});
	}

	@Test
	void beginsATraceWithALinkToTheEnqueue() { // B53
		this.traces.run(Handlers.class, (context) -> {
			Traces.request(context, "place order",
					() -> jobs(context).enqueue(JobRequest.ofKind("pay").withQueue("money")));
			awaitNext(context);
			SpanData enqueue = this.traces.span("enqueue pay");
			SpanData process = this.traces.span("process pay");
			assertLinked(process, enqueue);
			assertThat(Traces.key(process, "outcome")).isEqualTo("succeeded");
			Traces.assertChild(this.traces.span("enqueue ship"), process);
			assertLinked(this.traces.span("process ship"), this.traces.span("enqueue ship"));
		}, "tasuki.observation.trace=link");
	}

	private static void assertLinked(SpanData process, SpanData enqueue) {
		assertThat(process.getTraceId()).isNotEqualTo(enqueue.getTraceId());
		assertThat(process.getParentSpanContext().isValid()).isFalse();
		assertThat(process.getLinks()).extracting((link) -> link.getSpanContext().getSpanId())
			.containsExactly(enqueue.getSpanId());
		assertThat(process.getLinks()).extracting((link) -> link.getSpanContext().getTraceId())
			.containsExactly(enqueue.getTraceId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "W3C", "B3", "B3_MULTI" })
	void linksWhateverFormatTheTracerWrites(String format) { // B53
		this.traces.run(Handlers.class, (context) -> {
			await(context, jobs(context).enqueue(JobRequest.ofKind("plain")).id());
			assertLinked(this.traces.span("process plain"), this.traces.span("enqueue plain"));
		}, "tasuki.observation.trace=link", "management.tracing.propagation.type=" + format);
	}

	@Test
	void secondAttemptBelongsToTheTraceOfTheFirst() { // B53
		this.traces.run(Handlers.class, (context) -> {
			await(context, jobs(context).enqueue(JobRequest.ofKind("fails once")).id());
			SpanData enqueue = this.traces.span("enqueue fails once");
			List<SpanData> attempts = this.traces.spans("process fails once");
			assertThat(attempts).hasSize(2).allSatisfy((attempt) -> Traces.assertChild(attempt, enqueue));
			assertThat(attempts).extracting((attempt) -> Traces.key(attempt, "tasuki.job.attempt"))
				.containsExactly("1", "2");
			assertThat(attempts).extracting((attempt) -> Traces.key(attempt, "outcome"))
				.containsExactly("failed", "succeeded");
		});
	}

	@Test
	void failedAttemptHasItsError() { // B53
		this.traces.run(Handlers.class, (context) -> {
			await(context, jobs(context).enqueue(JobRequest.ofKind("fails once")).id());
			SpanData failed = this.traces.spans("process fails once").get(0);
			assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(failed.getEvents()).singleElement()
				.satisfies((event) -> assertThat(event.getAttributes().asMap()).containsValue("card declined"));
			assertThat(this.traces.spans("process fails once").get(1).getStatus().getStatusCode())
				.isNotEqualTo(StatusCode.ERROR);
		});
	}

	@Test
	void goesOnInAnotherInstance() { // B53
		this.traces.run(NoHandlers.class, (producer) -> {
			JobId id = jobs(producer).enqueue(JobRequest.ofKind("plain")).id();
			this.traces.run(Handlers.class, (consumer) -> await(consumer, id), "tasuki.worker.name=second");
		}, "tasuki.worker.enabled=false");
		Traces.assertChild(this.traces.span("process plain"), this.traces.span("enqueue plain"));
	}

	@Test
	void observesJobsThatCarryNoTrace() { // B53
		this.traces.run(Handlers.class, (context) -> {
			JobId id = enqueueBySql(context);
			await(context, id);
			SpanData process = this.traces.span("process plain");
			assertThat(process.getParentSpanContext().isValid()).isFalse();
			assertThat(process.getLinks()).isEmpty();
			assertThat(Traces.key(process, "tasuki.job.id")).isEqualTo(id.toString());
		});
	}

	@Test
	void refusedEnqueueHasItsError() { // B53
		this.traces.run(Handlers.class, (context) -> {
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> jobs(context).enqueue(new Endless()));
			SpanData enqueue = this.traces.span("enqueue none");
			assertThat(enqueue.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(Traces.key(enqueue, "outcome")).isEqualTo("failed");
		});
	}

	@Test
	void enqueuesManyJobsUnderOneObservation() { // B4, B53
		this.traces.run(Handlers.class, (context) -> {
			List<JobId> ids = enqueueAll(context, JobRequest.ofKind("plain"), JobRequest.ofKind("plain"),
					JobRequest.ofKind("pay"));
			ids.forEach((id) -> await(context, id));
			SpanData enqueue = this.traces.span("enqueue various");
			assertThat(Traces.key(enqueue, "tasuki.batch.size")).isEqualTo("3");
			assertThat(Traces.key(enqueue, "tasuki.job.id")).isEqualTo("%s,%s,%s".formatted(ids.toArray()));
			assertThat(this.traces.spans("process plain")).hasSize(2)
				.allSatisfy((process) -> Traces.assertChild(process, enqueue));
			Traces.assertChild(this.traces.span("process pay"), enqueue);
		});
	}

	@Test
	void continuesTheTraceOfABatchThatWasEnqueuedTogether() { // B53
		this.traces.run(BatchHandlers.class, (context) -> {
			enqueueAll(context, JobRequest.of("sum", 1), JobRequest.of("sum", 2)).forEach((id) -> await(context, id));
			assertThat(this.traces.spans("process sum")).isNotEmpty()
				.allSatisfy((process) -> Traces.assertChild(process, this.traces.span("enqueue sum")));
		});
	}

	@Test
	void linksABatchToAllItsEnqueues() { // B53
		this.traces.run(NoHandlers.class, (producer) -> {
			JobId first = jobs(producer).enqueue(JobRequest.of("sum", 1)).id();
			JobId second = jobs(producer).enqueue(JobRequest.of("sum", -2)).id();
			this.traces.run(BatchHandlers.class, (consumer) -> {
				await(consumer, first);
				awaitState(consumer, second, JobState.DEAD);
			});
			SpanData process = this.traces.span("process sum");
			assertThat(process.getParentSpanContext().isValid()).isFalse();
			assertThat(process.getLinks()).extracting(LinkData::getSpanContext)
				.extracting((link) -> link.getSpanId())
				.containsExactlyInAnyOrderElementsOf(
						this.traces.spans("enqueue sum").stream().map(SpanData::getSpanId).toList());
			assertThat(Traces.key(process, "tasuki.batch.size")).isEqualTo("2");
			assertThat(Traces.key(process, "tasuki.job.id")).isEqualTo(first + "," + second);
			assertThat(Traces.key(process, "outcome")).isEqualTo("various");
		}, "tasuki.worker.enabled=false");
	}

	@Test
	void carriesChosenEntriesOfTheMdcAndRemovesThem() { // B13, B53
		this.traces.run(Handlers.class, (context) -> {
			MDC.put("tenant", "blue");
			MDC.put("user", "ada");
			JobId first = jobs(context).enqueue(JobRequest.ofKind("mdc")).id();
			MDC.clear();
			await(context, first);
			await(context, jobs(context).enqueue(JobRequest.ofKind("mdc")).id());
			assertThat(Handlers.mdc).containsExactly("blue, null", "null, null");
			assertThat(metadata(context, first)).containsEntry("tasuki.mdc.tenant", "blue")
				.doesNotContainKey("tasuki.mdc.user");
		}, "tasuki.observation.mdc-keys=tenant", "tasuki.worker.concurrency=1");
	}

	@Test
	void leavesNothingOnTheThreadOfAHandlerThatLeavesAScopeOpen() { // B53
		this.traces.run(Watched.class, (context) -> {
			await(context, jobs(context).enqueue(JobRequest.ofKind("leaky")).id());
			await(context, enqueueBySql(context));
			assertThat(context.getBean(Watched.class).left).containsExactly("leaky: null", "plain: null");
			assertThat(this.traces.span("process plain").getTraceId())
				.isNotEqualTo(this.traces.span("process leaky").getTraceId());
			assertThat(this.traces.span("process plain").getParentSpanContext().isValid()).isFalse();
		}, "tasuki.worker.concurrency=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "scopeOpened", "error", "scopeClosed", "stop" })
	void observationsThatFailCostNoJob(String where) { // B53
		this.traces.run(Broken.class, (context) -> {
			context.getBean(BrokenHandler.class).where = where;
			// On a thread of its own, which such a handler may leave in any state.
			CompletableFuture<JobId> enqueued = new CompletableFuture<>();
			new Thread(() -> enqueued.complete(jobs(context).enqueue(JobRequest.ofKind("fails once")).id())).start();
			await(context, enqueued.orTimeout(60, TimeUnit.SECONDS).join());
			context.getBean(BrokenHandler.class).where = "";
			await(context, enqueueBySql(context));
			assertThat(this.traces.span("process plain").getParentSpanContext().isValid()).isFalse();
		}, "tasuki.worker.concurrency=1");
	}

	@Test
	void usersConventionsWin() { // B53
		this.traces.run(Conventions.class, (context) -> {
			await(context, jobs(context).enqueue(JobRequest.ofKind("plain")).id());
			assertThat(Traces.key(this.traces.span("store"), "size")).isEqualTo("1");
			assertThat(Traces.key(this.traces.span("work"), "first")).isEqualTo("plain");
		});
	}

	@Test
	void observesNothingWhereItIsTurnedOff() { // B53
		this.traces.run(Handlers.class, (context) -> {
			JobId id = jobs(context).enqueue(JobRequest.ofKind("plain")).id();
			await(context, id);
			assertThat(this.traces.all()).isEmpty();
			assertThat(metadata(context, id)).isEmpty();
		}, "tasuki.observation.enabled=false");
	}

	private static Map<String, String> metadata(AssertableApplicationContext context, JobId id) {
		return jobs(context).find(id).map(FoundJob::job).map(Job::metadata).orElseThrow();
	}

	private static JobClient jobs(AssertableApplicationContext context) {
		return context.getBean(JobClient.class);
	}

	private static JobId enqueueBySql(AssertableApplicationContext context) {
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		return new JobId(jdbc.queryForObject("select id from tasuki.enqueue('plain')", Long.class));
	}

	private static List<JobId> enqueueAll(AssertableApplicationContext context, JobRequest<?>... requests) {
		return jobs(context).enqueueAll(List.of(requests)).stream().map((job) -> job.id()).toList();
	}

	private static void await(AssertableApplicationContext context, JobId id) {
		awaitState(context, id, JobState.SUCCEEDED);
	}

	private static void awaitState(AssertableApplicationContext context, JobId id, JobState state) {
		try {
			assertThat(jobs(context).await(id, LONG)).get().extracting(FoundJob::state).isEqualTo(state);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JobId awaitNext(AssertableApplicationContext context) {
		Awaitility.await().atMost(LONG).until(() -> Handlers.next.peek() != null);
		JobId next = Handlers.next.remove();
		await(context, next);
		return next;
	}

	@Configuration(proxyBeanMethods = false)
	static class NoHandlers {

	}

	/** Cannot be written as JSON. */
	static class Endless {

		public Endless getSelf() {
			return this;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		static final Queue<JobId> next = new ConcurrentLinkedQueue<>();

		static final Queue<String> mdc = new ConcurrentLinkedQueue<>();

		private final JobClient jobs;

		private final ObservationRegistry registry;

		Handlers(JobClient jobs, ObservationRegistry registry) {
			this.jobs = jobs;
			this.registry = registry;
			next.clear();
			mdc.clear();
		}

		@JobHandler("pay")
		void pay() {
			next.add(this.jobs.enqueue(JobRequest.ofKind("ship")).id());
		}

		@JobHandler("ship")
		void ship() {
		}

		@JobHandler("plain")
		void plain() {
		}

		@JobHandler("fails once")
		void failsOnce(JobContext context) {
			if (context.attempt() == 1) {
				throw new IllegalStateException("card declined");
			}
		}

		@JobHandler("mdc")
		void mdc() {
			mdc.add(MDC.get("tenant") + ", " + MDC.get("user"));
		}

		@JobHandler("leaky")
		void leaky() {
			Observation.start("left open", this.registry).openScope();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Watched {

		final Queue<String> left = new ConcurrentLinkedQueue<>();

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		JobInterceptor outermost(Tracer tracer) {
			return (context, next) -> {
				try {
					return next.handle(context);
				}
				finally {
					this.left.add("%s: %s".formatted(context.job().kind(), tracer.currentSpan()));
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BatchHandlers {

		@JobHandler(value = "sum", batchSize = 10)
		BatchResult sum(List<Integer> numbers, List<Job> jobs) {
			BatchResult result = BatchResult.done();
			for (int i = 0; i < jobs.size(); i++) {
				if (numbers.get(i) < 0) {
					result = result.with(jobs.get(i).id(), JobResult.fail("negative"));
				}
			}
			return result;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Conventions {

		@Bean
		JobEnqueueObservationConvention enqueueConvention() {
			return new JobEnqueueObservationConvention() {

				@Override
				public String getContextualName(JobEnqueueContext context) {
					return "store";
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(JobEnqueueContext context) {
					return KeyValues.of("size", Integer.toString(context.getSize()));
				}

			};
		}

		@Bean
		JobProcessObservationConvention processConvention() {
			return new JobProcessObservationConvention() {

				@Override
				public String getContextualName(JobProcessContext context) {
					return "work";
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(JobProcessContext context) {
					return KeyValues.of("first", context.getJobs().get(0).kind());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Handlers.class, BrokenHandler.class })
	static class Broken {

	}

	static class BrokenHandler implements ObservationHandler<Observation.Context> {

		volatile String where = "";

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			breakAt("start");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			breakAt("scopeOpened");
		}

		@Override
		public void onError(Observation.Context context) {
			breakAt("error");
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			breakAt("scopeClosed");
		}

		@Override
		public void onStop(Observation.Context context) {
			breakAt("stop");
		}

		private void breakAt(String callback) {
			if (callback.equals(this.where)) {
				throw new IllegalStateException("Broken at " + callback);
			}
		}

	}

}
