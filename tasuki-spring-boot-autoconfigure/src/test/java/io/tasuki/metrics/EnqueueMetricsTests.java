package io.tasuki.metrics;

import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.EnqueuedJob;
import io.tasuki.metrics.StoredCall.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnqueueMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final EnqueueMetrics metrics = new EnqueueMetrics(this.registry);

	@Test
	void countsAJobOnceItsTransactionHasCommitted() { // B52
		StoredCall call = new StoredCall(created("welcome", "mail"));
		this.metrics.intercept(call);
		assertThat(count("welcome", "mail")).isZero();
		call.commit();
		assertThat(count("welcome", "mail")).isEqualTo(1);
	}

	@Test
	void countsTheJobsOfACallByKindAndQueue() { // B52
		StoredCall call = new StoredCall(created("welcome", "mail"), created("bill", "mail"),
				created("welcome", "mail"), created("welcome", "default"));
		this.metrics.intercept(call);
		call.commit();
		assertThat(count("welcome", "mail")).isEqualTo(2);
		assertThat(count("bill", "mail")).isEqualTo(1);
		assertThat(count("welcome", "default")).isEqualTo(1);
	}

	@Test
	void countsManyJobsOfACallTogether() {
		StoredCall call = new StoredCall(Stored.many(10_000, "welcome", "mail"));
		this.metrics.intercept(call);
		call.commit();
		assertThat(count("welcome", "mail")).isEqualTo(10_000);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATED")
	void countsNoJobThatWasThere(EnqueuedJob.Effect effect) {
		StoredCall one = new StoredCall(new Stored("welcome", "mail", effect));
		this.metrics.intercept(one);
		one.commit();
		StoredCall many = new StoredCall(new Stored("welcome", "mail", effect), created("welcome", "mail"));
		this.metrics.intercept(many);
		many.commit();
		assertThat(count("welcome", "mail")).isEqualTo(1);
	}

	@Test
	void givesKindsAndQueuesThatAreMadeUpOneCounter() { // B52
		IntStream.range(0, Places.MOST + 50).forEach((i) -> {
			StoredCall call = new StoredCall(created("kind" + i, "queue" + i % 7));
			this.metrics.intercept(call);
			call.commit();
		});
		assertThat(this.registry.getMeters()).hasSize(Places.MOST + 1);
		assertThat(count("other", "other")).isEqualTo(50);
	}

	@Test
	void answersAlthoughNothingCanBeCounted() {
		this.registry.config().meterFilter(new MeterFilter() {

			@Override
			public MeterFilterReply accept(Meter.Id id) {
				throw new IllegalStateException("no more meters");
			}

		});
		assertThat(this.metrics.intercept(new StoredCall(created("welcome", "mail")))).hasSize(1);
	}

	private static Stored created(String kind, String queue) {
		return new Stored(kind, queue, EnqueuedJob.Effect.CREATED);
	}

	private double count(String kind, String queue) {
		Counter counter = this.registry.find("tasuki.jobs.enqueued").tags("kind", kind, "queue", queue).counter();
		return (counter != null) ? counter.count() : Double.NaN;
	}

}
