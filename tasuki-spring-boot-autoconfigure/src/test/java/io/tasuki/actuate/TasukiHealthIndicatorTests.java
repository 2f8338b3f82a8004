package io.tasuki.actuate;

import java.time.Duration;

import io.tasuki.worker.WorkerHealth;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiHealthIndicatorTests {

	@Test
	void isUpWhenWorkerRunsAndReachesDatabase() {
		Health health = health(new WorkerHealth(true, true, Duration.ofMillis(1500), null, true, true, 0));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("running", true)
			.containsEntry("databaseReachable", true)
			.containsEntry("listening", true)
			.containsEntry("archiving", true)
			.containsEntry("sinceLastContact", "PT1.5S")
			.doesNotContainKey("lastError");
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
		assertThat(health(new WorkerHealth(true, false, null, null, false, true, 0)).getStatus())
			.isEqualTo(Status.UNKNOWN);
	}

	@Test
	void isOutOfServiceWhenWorkerIsStopped() {
		assertThat(health(new WorkerHealth(false, true, Duration.ZERO, null, false, true, 0)).getStatus())
			.isEqualTo(Status.OUT_OF_SERVICE);
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

	private static Health health(WorkerHealth health) {
		return new TasukiHealthIndicator(() -> health).health();
	}

}
