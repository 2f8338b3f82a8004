package io.tasuki.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerHealth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final WorkerMetrics metrics = new WorkerMetrics(this.registry);

	@Test
	void countsAndTimesCompletedJobs() { // B52
		this.metrics.completed(job("mail"), new Outcome.Succeeded(), Duration.ofMillis(20));
		this.metrics.completed(job("mail"), new Outcome.Succeeded(), Duration.ofMillis(40));
		assertThat(this.registry.get("tasuki.jobs.completed")
			.tags("kind", "mail", "outcome", "succeeded")
			.counter()
			.count()).isEqualTo(2);
		assertThat(this.registry.get("tasuki.job.run")
			.tags("kind", "mail", "queue", "default", "outcome", "succeeded")
			.timer()
			.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
	}

	@Test
	void timesNothingWhenNoHandlerWasCalled() {
		this.metrics.completed(job("mail"), new Outcome.Dead("crashed", 3), Duration.ZERO);
		assertThat(this.registry.get("tasuki.job.run").timer().count()).isZero();
		assertThat(this.registry.get("tasuki.jobs.completed").tag("outcome", "dead").counter().count()).isEqualTo(1);
	}

	@Test
	void countsLostLeases() {
		this.metrics.leaseLost(job("mail"));
		assertThat(this.registry.get("tasuki.leases.lost").tag("kind", "mail").counter().count()).isEqualTo(1);
	}

	@Test
	void showsStuckSlots() { // B29
		AtomicInteger stuck = new AtomicInteger(2);
		new SlotMetrics(() -> health(stuck.get())).bindTo(this.registry);
		assertThat(this.registry.get("tasuki.slots.stuck").gauge().value()).isEqualTo(2);
		stuck.set(0);
		assertThat(this.registry.get("tasuki.slots.stuck").gauge().value()).isZero();
	}

	@ParameterizedTest
	@MethodSource
	void namesOutcomes(Outcome outcome, String tag) {
		assertThat(OutcomeTag.of(outcome)).isEqualTo(tag);
	}

	static List<Arguments> namesOutcomes() {
		return List.of(Arguments.of(new Outcome.Succeeded(), "succeeded"),
				Arguments.of(new Outcome.Retry(Duration.ZERO, null), "retry"),
				Arguments.of(new Outcome.Snoozed(Duration.ZERO), "snoozed"),
				Arguments.of(new Outcome.Cancelled(""), "cancelled"), Arguments.of(new Outcome.Dead("", 1), "dead"),
				Arguments.of(new Outcome.HandedBack(0), "handed_back"));
	}

	@Test
	void registersExactlyTheMetersThatAreListed() {
		this.metrics.completed(job("mail"), new Outcome.Succeeded(), Duration.ofMillis(1));
		this.metrics.leaseLost(job("mail"));
		new SlotMetrics(() -> health(0)).bindTo(this.registry);
		new QueueMetrics(() -> Set.of("default"), List::of, Duration.ofHours(1)).bindTo(this.registry);
		assertThat(this.registry.getMeters()).hasSameSizeAs(TasukiMeter.values());
		for (TasukiMeter listed : TasukiMeter.values()) {
			Meter.Id id = this.registry.get(listed.meterName()).meter().getId();
			assertThat(id.getDescription()).isEqualTo(listed.description());
			assertThat(id.getTags()).extracting(Tag::getKey).containsExactlyInAnyOrderElementsOf(listed.tagKeys());
		}
	}

	private static WorkerHealth health(int stuckSlots) {
		return new WorkerHealth(true, true, Duration.ZERO, null, true, true, stuckSlots);
	}

	private static Job job(String kind) {
		return new Job(new JobId(1), kind, "default", null, 5, 1, null, Instant.EPOCH, Instant.EPOCH);
	}

}
