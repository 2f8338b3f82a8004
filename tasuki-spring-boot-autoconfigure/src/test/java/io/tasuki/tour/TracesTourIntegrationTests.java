package io.tasuki.tour;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.TasukiObservationAutoConfiguration;
import io.tasuki.observation.DefaultJobProcessObservationConvention;
import io.tasuki.observation.JobProcessContext;
import io.tasuki.observation.JobProcessObservationConvention;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/traces.md. */
class TracesTourIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TourApplication application = new TourApplication();

	@Test
	void followsAJobIntoItsTrace() { // B13, B53
		this.application.run(Shop.class, (context) -> {
			Shop shop = context.getBean(Shop.class);
			Observation.createNotStarted("http post /orders", context.getBean(ObservationRegistry.class))
				.observe(() -> shop.order(7));
			await(context, shop.ordered.remove());
			assertThat(shop.seen).containsExactly("order 7 of blue");
			List<SpanData> spans = context.getBean(Spans.class).exporter().getFinishedSpanItems();
			assertThat(spans).extracting(SpanData::getName)
				.containsExactlyInAnyOrder("http post /orders", "enqueue ShipOrder", "process ShipOrder");
			assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
			assertThat(spans).filteredOn((span) -> span.getName().equals("process ShipOrder"))
				.singleElement()
				.satisfies((span) -> assertThat(span.getAttributes().get(AttributeKey.stringKey("tenant")))
					.isEqualTo("blue"));
		}, "tasuki.observation.mdc-keys=tenant", "management.tracing.sampling.probability=1");
	}

	@Test
	void continuesATraceThatAnotherLanguageBegan() { // B13, B53
		this.application.run(Shop.class, (context) -> {
			// tag::sql[]
			String sql = """
					select id from tasuki.enqueue('ShipOrder', '{"order": 8}', metadata =>
					  '{"tasuki.trace.traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}')
					""";
			// end::sql[]
			await(context, new JobId(context.getBean(JdbcTemplate.class).queryForObject(sql, Long.class).longValue()));
			assertThat(context.getBean(Spans.class).exporter().getFinishedSpanItems()).singleElement()
				.satisfies((span) -> {
					assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
					assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
				});
		}, "management.tracing.sampling.probability=1");
	}

	private static void await(ApplicationContext context, JobId id) {
		try {
			assertThat(context.getBean(JobClient.class).await(id, LONG)).get()
				.extracting(FoundJob::state)
				.isEqualTo(JobState.SUCCEEDED);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record ShipOrder(int order) {
	}

	/**
	 * What was traced.
	 *
	 * @param exporter keeps it
	 */
	record Spans(InMemorySpanExporter exporter) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
			OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
			TasukiObservationAutoConfiguration.class })
	static class Shop {

		final Queue<JobId> ordered = new ConcurrentLinkedQueue<>();

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		private final JobClient jobs;

		Shop(JobClient jobs) {
			this.jobs = jobs;
		}

		void order(int order) {
			MDC.put("tenant", "blue");
			try {
				this.ordered
					.add(this.jobs.enqueue(JobRequest.of(new ShipOrder(order)).withMetadata("tenant", "blue")).id());
			}
			finally {
				MDC.remove("tenant");
			}
		}

		// tag::handler[]
		@JobHandler
		void ship(ShipOrder job) {
			// Whatever is logged here has the request's trace id and tenant.
			this.seen.add("order %d of %s".formatted(job.order(), MDC.get("tenant")));
		}
		// end::handler[]

		// tag::convention[]
		@Bean
		static JobProcessObservationConvention tenants() {
			return new DefaultJobProcessObservationConvention() {

				@Override
				public KeyValues getLowCardinalityKeyValues(JobProcessContext context) {
					String tenant = context.getJobs().get(0).metadata().getOrDefault("tenant", "none");
					return super.getLowCardinalityKeyValues(context).and("tenant", tenant);
				}

			};
		}
		// end::convention[]

		@Bean
		static Spans spans() {
			return new Spans(InMemorySpanExporter.create());
		}

		@Bean
		static SpanProcessor spanProcessor(Spans spans) {
			return SimpleSpanProcessor.create(spans.exporter());
		}

	}

}
