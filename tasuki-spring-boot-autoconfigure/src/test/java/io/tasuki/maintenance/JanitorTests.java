package io.tasuki.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.tasuki.JobId;
import io.tasuki.store.MaintenanceStore;
import io.tasuki.store.Position;
import io.tasuki.store.Pruned;
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
	void doesNothingWhileAnotherInstanceIsAtIt() {
		this.store.ours = false;
		Janitor janitor = janitor(true, RETENTION, RETENTION);
		janitor.runOnce();
		assertThat(this.store.calls).isEmpty();
		this.store.ours = true;
		janitor.runOnce();
		assertThat(this.store.calls).isNotEmpty();
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
	void prunesPageByPageToTheLast() {
		this.store.pages = 3;
		janitor(false, null, RETENTION).runOnce();
		assertThat(this.store.calls).containsExactly("prune", "prune 1", "prune 2", "prune owners");
	}

	@Test
	void goesOnInTheNextRoundWhereItStoppedThisOne() { // S27
		Janitor janitor = janitor(false, null, RETENTION);
		this.store.pages = Janitor.MOST_PAGES + 2;
		janitor.runOnce();
		assertThat(this.store.calls).hasSize(Janitor.MOST_PAGES + 1);
		this.store.calls.clear();
		janitor.runOnce();
		assertThat(this.store.calls).containsExactly("prune 100", "prune 101", "prune owners");
		this.store.calls.clear();
		janitor.runOnce();
		assertThat(this.store.calls).startsWith("prune", "prune 1");
	}

	@Test
	void stopsARoundThatMeetsNothingButRefusals() { // S27
		Janitor janitor = janitor(false, null, RETENTION);
		this.store.pages = 3;
		this.store.refused = Janitor.PAGE;
		janitor.runOnce();
		assertThat(this.store.calls).containsExactly("prune", "prune owners");
		janitor.runOnce();
		assertThat(this.store.calls).endsWith("prune 1", "prune owners");
	}

	@Test
	void saysOnceThatDeadJobsAreRefusedAndOnceThatNoneIs(CapturedOutput output) { // S27
		Janitor janitor = janitor(false, null, RETENTION);
		this.store.refused = 1;
		janitor.runOnce();
		janitor.runOnce();
		assertThat(output.toString()).containsOnlyOnce("may not delete dead job 1, which is past its retention: no");
		this.store.refused = 0;
		janitor.runOnce();
		janitor.runOnce();
		assertThat(output.toString()).containsOnlyOnce("could delete every dead job past its retention again");
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

		private int pages = 1;

		private int refused;

		private boolean ours = true;

		@Override
		public boolean runAlone(Runnable round) {
			if (this.ours) {
				round.run();
			}
			return this.ours;
		}

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
		public Pruned pruneDead(Duration retention, Position after, int limit) {
			call((after.equals(Position.START)) ? "prune" : "prune " + after.id());
			this.rounds.countDown();
			Map<JobId, String> refused = new LinkedHashMap<>();
			for (int id = 1; id <= this.refused; id++) {
				refused.put(new JobId(id), "no");
			}
			long page = after.id() + 1;
			return new Pruned(limit - this.refused, refused,
					(page < this.pages) ? new Position(Instant.EPOCH, page) : null);
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
