package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.tasuki.DatabaseReport;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TasukiHealthIndicatorTests {

	private static final HealthSettings SETTINGS = new HealthSettings(true, Duration.ofMinutes(5), Map.of(),
			Duration.ofMinutes(5));

	@Test
	void isUpWhenWorkerRunsAndReachesDatabase() {
		Health health = health(new WorkerHealth(true, true, Duration.ofMillis(1500), null, true, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("running", true)
			.containsEntry("draining", false)
			.containsEntry("databaseReachable", true)
			.containsEntry("listening", true)
			.containsEntry("archiving", true)
			.containsEntry("sinceLastContact", "PT1.5S")
			.doesNotContainKeys("lastError", "problems");
	}

	@Test
	void isDownWhenDatabaseIsAway() {
		Health health = health(
				new WorkerHealth(true, false, Duration.ofSeconds(9), "connection refused", false, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("lastError", "connection refused");
	}

	@Test
	void isDownWhenDatabaseNeverAnswered() {
		assertThat(health(new WorkerHealth(true, false, null, "connection refused", false, true, 0)).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void isUnknownUntilFirstContact() {
		Health health = health(new WorkerHealth(true, false, null, null, false, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health.getDetails()).doesNotContainKey("problems");
	}

	@Test
	void isOutOfServiceWhenWorkerIsStopped() {
		assertThat(health(new WorkerHealth(false, true, Duration.ZERO, null, false, true, 0)).getStatus())
			.isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void isOutOfServiceWhileWorkerDrains() {
		WorkerHealth worker = new WorkerHealth(true, true, Duration.ZERO, null, true, true, 0);
		HealthSources draining = new HealthSources(() -> worker, () -> true, () -> new WorkerLoad(4, 2, 0, 0), List::of,
				null, null, null);
		Health health = new TasukiHealthIndicator(draining, SETTINGS).health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).containsEntry("draining", true);
	}

	@Test
	void staysUpWhenNothingIsHeardOrArchived() { // S32
		Health health = health(new WorkerHealth(true, true, Duration.ZERO, null, false, false, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("listening", false).containsEntry("archiving", false);
	}

	@Test
	void staysUpWhenSlotsAreStuck() { // B29
		Health health = health(new WorkerHealth(true, true, Duration.ZERO, null, true, true, 3));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("stuckSlots", 3);
	}

	@Test
	void showsWhatTheDatabaseSays() { // B51
		Health health = health(() -> new DatabaseReport(7, 9, Duration.ofMinutes(3), null, List.of()));
		assertThat(health.getDetails()).doesNotContainKey("problems")
			.extractingByKey("database", InstanceOfAssertFactories.MAP)
			.containsEntry("liveRows", 7L)
			.containsEntry("deadRows", 9L)
			.containsEntry("sinceVacuum", "PT3M")
			.doesNotContainKey("sinceAnalyze");
	}

	@Test
	void looksAgainSoonerAfterALookThatFailed() {
		AtomicInteger looks = new AtomicInteger();
		DatabaseWatch healthy = new DatabaseWatch(() -> look(looks, null), Duration.ofHours(1));
		healthy.latest();
		assertThat(healthy.latest()).isNotNull();
		assertThat(looks).hasValue(1);
		DatabaseWatch failing = new DatabaseWatch(() -> look(looks, "away"), Duration.ofHours(1));
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			failing.latest();
			return looks.get() > 2;
		});
	}

	@Test
	@Timeout(60)
	void looksAgainAfterAThreadThatCouldNotBeStarted() { // B51
		AtomicInteger looks = new AtomicInteger();
		AtomicInteger threads = new AtomicInteger();
		DatabaseWatch watch = new DatabaseWatch(() -> look(looks, null), Duration.ofHours(1),
				(look) -> (threads.getAndIncrement() == 0) ? new UnstartableThread() : new Thread(look));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(watch::latest);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> watch.latest() != null);
		assertThat(looks).hasValue(1);
	}

	private static DatabaseLook look(AtomicInteger looks, @Nullable String error) {
		looks.incrementAndGet();
		return new DatabaseLook(null, List.of(), List.of(), error);
	}

	@Test
	@Timeout(60)
	void doesNotWaitForADatabaseThatDoesNotAnswer() { // B51
		CountDownLatch answer = new CountDownLatch(1);
		try {
			Health health = health(() -> {
				awaitQuietly(answer);
				return new DatabaseReport(0, 0, null, null, List.of());
			});
			assertThat(answer.getCount()).isOne();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).doesNotContainKey("database");
		}
		finally {
			answer.countDown();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Health health(Supplier<DatabaseReport> database) {
		return new TasukiHealthIndicator(
				sources(new WorkerHealth(true, true, Duration.ZERO, null, true, true, 0)).withDatabase(database),
				SETTINGS)
			.health();
	}

	private static Health health(WorkerHealth health) {
		return new TasukiHealthIndicator(sources(health), SETTINGS).health();
	}

	private static HealthSources sources(WorkerHealth health) {
		return new HealthSources(() -> health, () -> false, () -> new WorkerLoad(4, 0, 0, 0), List::of, null, null,
				null);
	}

	/** A thread for which there is no room. */
	private static final class UnstartableThread extends Thread {

		@Override
		public void start() {
			throw new OutOfMemoryError("unable to create native thread");
		}

	}

}
