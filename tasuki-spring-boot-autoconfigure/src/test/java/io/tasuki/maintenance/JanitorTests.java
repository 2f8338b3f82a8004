package io.tasuki.maintenance;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tasuki.store.MaintenanceStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class JanitorTests {

	private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

	private static final LocalDate TUESDAY = MONDAY.plusDays(1);

	private static final Duration RETENTION = Duration.ofDays(30);

	private final RecordingStore store = new RecordingStore();

	@Test
	void addsMissingDaysDropsExpiredOnesAndPrunesDeadJobs() {
		janitor(true, RETENTION, RETENTION).runOnce();
		assertThat(this.store.calls).containsExactly("add " + MONDAY, "add " + TUESDAY, "drop " + MONDAY,
				"drop " + TUESDAY, "prune", "prune owners");
	}

	@Test
	void keepsForeverWhatHasNoRetention() { // B48
		janitor(true, null, null).runOnce();
		assertThat(this.store.calls).containsExactly("add " + MONDAY, "add " + TUESDAY, "prune owners");
	}

	@Test
	void addsNoDaysWhereNoArchiveIsKept() {
		janitor(false, null, RETENTION).runOnce();
		assertThat(this.store.calls).containsExactly("prune", "prune owners");
	}

	@Test
	void goesOnWhenADayFails() { // S27
		this.store.failing = "add " + MONDAY;
		janitor(true, RETENTION, RETENTION).runOnce();
		assertThat(this.store.calls).containsExactly("add " + TUESDAY, "drop " + MONDAY, "drop " + TUESDAY, "prune",
				"prune owners");
	}

	@Test
	void prunesPageByPageUntilOneIsShort() {
		this.store.dead = 2 * Janitor.PAGE + 1;
		janitor(false, null, RETENTION).runOnce();
		assertThat(this.store.calls).containsExactly("prune", "prune", "prune", "prune owners");
	}

	@Test
	void logsAFailureOnceAndItsEnd(CapturedOutput output) {
		Janitor janitor = janitor(true, null, null);
		this.store.failing = "add " + MONDAY;
		janitor.runOnce();
		janitor.runOnce();
		assertThat(output.toString()).containsOnlyOnce("could not make the archive partition of " + MONDAY);
		this.store.failing = "";
		janitor.runOnce();
		assertThat(output.toString()).containsOnlyOnce("could make the archive partition of " + MONDAY + " again");
	}

	@Test
	void runsARoundWhenStartedAndAgainWhenRestarted() throws Exception {
		Janitor janitor = janitor(false, null, RETENTION);
		janitor.start();
		janitor.start();
		assertThat(this.store.rounds.await(10, TimeUnit.SECONDS)).isTrue();
		janitor.stop();
		this.store.rounds = new CountDownLatch(1);
		janitor.start();
		assertThat(this.store.rounds.await(10, TimeUnit.SECONDS)).isTrue();
		janitor.stop();
		janitor.stop();
	}

	@Test
	void refusesARetentionThatIsNotPositive() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JanitorSettings(true, Duration.ZERO, null, JanitorSettings.DEFAULT_INTERVAL))
			.withMessageContaining("Archive retention must be positive");
	}

	private Janitor janitor(boolean archive, @Nullable Duration archiveRetention, @Nullable Duration deadRetention) {
		return new Janitor(this.store,
				new JanitorSettings(archive, archiveRetention, deadRetention, JanitorSettings.DEFAULT_INTERVAL));
	}

	private static final class RecordingStore implements MaintenanceStore {

		private final List<String> calls = new ArrayList<>();

		private volatile CountDownLatch rounds = new CountDownLatch(1);

		private String failing = "";

		private int dead;

		@Override
		public List<LocalDate> missingArchiveDays(int daysAhead) {
			return List.of(MONDAY, TUESDAY);
		}

		@Override
		public void addArchiveDay(LocalDate day) {
			call("add " + day);
		}

		@Override
		public List<LocalDate> expiredArchiveDays(Duration retention) {
			return List.of(MONDAY, TUESDAY);
		}

		@Override
		public void dropArchiveDay(LocalDate day) {
			call("drop " + day);
		}

		@Override
		public int pruneDead(Duration retention, int limit) {
			call("prune");
			int pruned = Math.min(this.dead, limit);
			this.dead -= pruned;
			this.rounds.countDown();
			return pruned;
		}

		@Override
		public int pruneOwners(Duration retention, int limit) {
			assertThat(retention).isEqualTo(Janitor.OWNER_RETENTION);
			call("prune owners");
			return 0;
		}

		private void call(String call) {
			if (call.equals(this.failing)) {
				throw new IllegalStateException("broken");
			}
			this.calls.add(call);
		}

	}

}
