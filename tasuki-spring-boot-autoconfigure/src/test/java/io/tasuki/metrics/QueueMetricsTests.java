package io.tasuki.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.store.QueueDepth;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class QueueMetricsTests {

	private static final Set<String> QUEUES = Set.of("default", "mail");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger looks = new AtomicInteger();

	private volatile Set<String> queues = QUEUES;

	private volatile List<QueueDepth> found = List.of();

	@Test
	void showsNothingBeforeTheFirstLook() { // B52
		bind(Duration.ofHours(1));
		assertThat(jobs("mail", "due")).isNaN();
		assertThat(this.registry.find("tasuki.queue.jobs").gauges()).hasSize(8);
		assertThat(this.registry.find("tasuki.queue.oldest.due").gauges()).hasSize(2);
	}

	@Test
	void showsWhatTheLatestLookHasFound() { // B52
		this.found = List.of(new QueueDepth("mail", 1, 2, 3, 4, true, Duration.ofMillis(1_500)));
		bind(Duration.ZERO);
		await().until(() -> jobs("mail", "due") == 1);
		assertThat(jobs("mail", "scheduled")).isEqualTo(2);
		assertThat(jobs("mail", "running")).isEqualTo(3);
		assertThat(jobs("mail", "dead")).isEqualTo(4);
		assertThat(oldestDue("mail")).isEqualTo(1.5);
		assertThat(jobs("default", "due")).as("of a queue that was not found").isNaN();
		this.found = List.of(new QueueDepth("mail", 0, 0, 0, 0, true, null));
		await().until(() -> jobs("mail", "due") == 0 && oldestDue("mail") == 0);
	}

	@Test
	void showsAQueueThatAHandlerNamedLater() {
		this.queues = Set.of("default");
		bind(Duration.ZERO);
		assertThat(this.registry.find("tasuki.queue.jobs").tag("queue", "mail").gauges()).isEmpty();
		this.queues = QUEUES;
		this.found = List.of(new QueueDepth("mail", 1, 2, 3, 4, true, Duration.ofMillis(1_500)));
		await().until(() -> {
			oldestDue("default");
			return this.registry.find("tasuki.queue.jobs").tag("queue", "mail").gauges().size() == 4;
		});
		await().until(() -> oldestDue("mail") == 1.5);
	}

	@Test
	void looksOnceForAllGauges() {
		bind(Duration.ofHours(1));
		this.registry.getMeters().forEach((meter) -> ((Gauge) meter).value());
		await().until(() -> this.looks.get() == 1);
		this.registry.getMeters().forEach((meter) -> ((Gauge) meter).value());
		assertThat(this.looks).hasValue(1);
	}

	private void bind(Duration interval) {
		new QueueMetrics(() -> this.queues, (queues) -> {
			this.looks.incrementAndGet();
			return this.found;
		}, interval).bindTo(this.registry);
	}

	private double jobs(String queue, String state) {
		return this.registry.get("tasuki.queue.jobs").tags("queue", queue, "state", state).gauge().value();
	}

	private double oldestDue(String queue) {
		return this.registry.get("tasuki.queue.oldest.due").tags("queue", queue).gauge().value();
	}

}
