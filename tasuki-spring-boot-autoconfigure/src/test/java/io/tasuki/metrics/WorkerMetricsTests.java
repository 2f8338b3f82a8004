package io.tasuki.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.DatabaseReport;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.SnapshotHolder;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerMetricsTests {

	private static final WorkerLoad LOAD = new WorkerLoad(16, 3, 500, 7);

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
		assertThat(this.registry.find("tasuki.job.run").timers()).isEmpty();
		assertThat(this.registry.get("tasuki.jobs.completed").tag("outcome", "dead").counter().count()).isEqualTo(1);
	}

	@Test
	void showsCountersAtZeroFromTheFirstAttemptOn() { // B52
		this.metrics.started(job("mail"), Duration.ZERO);
		assertThat(this.registry.get("tasuki.leases.lost").tag("kind", "mail").counter().count()).isZero();
		assertThat(this.registry.get("tasuki.jobs.completed").tag("kind", "mail").counters()).hasSize(6)
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
	}

	@Test
	void countsLostLeases() {
		this.metrics.leaseLost(job("mail"));
		assertThat(this.registry.get("tasuki.leases.lost").tag("kind", "mail").counter().count()).isEqualTo(1);
	}

	@Test
	void showsStuckSlots() { // B29
		AtomicInteger stuck = new AtomicInteger(2);
		new SlotMetrics(() -> health(stuck.get()), () -> LOAD).bindTo(this.registry);
		assertThat(this.registry.get("tasuki.slots.stuck").gauge().value()).isEqualTo(2);
		stuck.set(0);
		assertThat(this.registry.get("tasuki.slots.stuck").gauge().value()).isZero();
	}

	@ParameterizedTest
	@MethodSource
	void namesOutcomes(Outcome outcome, String tag) {
		assertThat(OutcomeTag.of(outcome).tag()).isEqualTo(tag);
	}

	static List<Arguments> namesOutcomes() {
		return List.of(Arguments.of(new Outcome.Succeeded(), "succeeded"),
				Arguments.of(new Outcome.Retry(Duration.ZERO, null), "retry"),
				Arguments.of(new Outcome.Snoozed(Duration.ZERO), "snoozed"),
				Arguments.of(new Outcome.Cancelled(""), "cancelled"), Arguments.of(new Outcome.Dead("", 1), "dead"),
				Arguments.of(new Outcome.HandedBack(0), "handed_back"));
	}

	@Test
	void registersExactlyTheMetersThatAreListed() { // B52
		SimpleMeterRegistry all = new SimpleMeterRegistry();
		AllMeters.registerIn(all);
		assertThat(all.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Stream.of(TasukiMeter.values()).map(TasukiMeter::meterName).toArray(String[]::new));
		for (TasukiMeter listed : TasukiMeter.values()) {
			assertThat(all.find(listed.meterName()).meters()).isNotEmpty().allSatisfy((meter) -> {
				assertThat(meter.getId().getType().name()).isEqualTo(listed.type().name());
				assertThat(meter.getId().getDescription()).isEqualTo(listed.description());
				assertThat(meter.getId().getTags()).extracting(Tag::getKey)
					.containsExactlyInAnyOrderElementsOf(listed.tagKeys());
			});
		}
	}

	@Test
	void timesWaits() { // B52
		this.metrics.started(job("mail"), Duration.ofMillis(20));
		this.metrics.started(job("mail"), Duration.ofMillis(40));
		Timer waits = this.registry.get("tasuki.job.wait").tags("kind", "mail", "queue", "default").timer();
		assertThat(waits.count()).isEqualTo(2);
		assertThat(waits.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
	}

	@Test
	void timesSweeps() {
		this.metrics.swept(Duration.ofMillis(20));
		assertThat(this.registry.get("tasuki.sweep").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
	}

	@Test
	void showsWhatTheWorkerHasInHand() { // B52
		new SlotMetrics(() -> health(0), () -> LOAD).bindTo(this.registry);
		assertThat(this.registry.get("tasuki.slots").tags("state", "used").gauge().value()).isEqualTo(3);
		assertThat(this.registry.get("tasuki.slots").tags("state", "free").gauge().value()).isEqualTo(13);
		assertThat(this.registry.get("tasuki.jobs.prefetched").gauge().value()).isEqualTo(500);
		assertThat(this.registry.get("tasuki.outcomes.unwritten").gauge().value()).isEqualTo(7);
		assertThat(this.registry.get("tasuki.listener.connected").gauge().value()).isOne();
	}

	@Test
	void showsHowTheDatabaseFares() { // B51, B52
		SnapshotHolder old = new SnapshotHolder(SnapshotHolder.Kind.SESSION, 4711, "report", "active",
				Duration.ofMinutes(2), 100);
		SnapshotHolder ageless = new SnapshotHolder(SnapshotHolder.Kind.STANDBY, 4712, "standby", null, null, 90);
		CompletableFuture<DatabaseReport> report = new CompletableFuture<>();
		new DatabaseMetrics(report::join, Duration.ZERO).bindTo(this.registry);
		assertThat(this.registry.get("tasuki.table.dead.rows").gauge().value()).isNaN();
		report.complete(new DatabaseReport(10, 20, null, null, List.of(old, ageless)));
		await().until(() -> this.registry.get("tasuki.table.dead.rows").gauge().value() == 20);
		assertThat(this.registry.get("tasuki.snapshot.age").gauge().value()).isEqualTo(120);
	}

	private static WorkerHealth health(int stuckSlots) {
		return new WorkerHealth(true, true, Duration.ZERO, null, true, true, stuckSlots);
	}

	private static Job job(String kind) {
		return new Job(new JobId(1), kind, "default", null, 5, 1, null, Instant.EPOCH, Instant.EPOCH);
	}

}
