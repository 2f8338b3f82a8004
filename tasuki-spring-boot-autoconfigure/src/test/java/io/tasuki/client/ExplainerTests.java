package io.tasuki.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.JobReason;
import io.tasuki.JobReason.ReachedLimit;
import io.tasuki.JobReason.Scope;
import io.tasuki.JobState;
import io.tasuki.LiveWorker;
import io.tasuki.LiveWorker.HeldJob;
import io.tasuki.LiveWorker.Limit;
import io.tasuki.LiveWorker.State;
import io.tasuki.store.Circumstances;
import io.tasuki.store.Circumstances.Leased;
import io.tasuki.store.Circumstances.Standing;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainerTests {

	private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

	private static final JobId ID = new JobId(7);

	@Test
	void aFreeSlotInOneWorkerIsEnough() {
		List<Leased> leased = List.of(leased(1L, "work", 4), leased(2L, "work", 3));
		assertThat(reasons(waiting(null), Map.of(1L, worker("a"), 2L, worker("b")), leased))
			.containsExactly(new JobReason.InLine("default", 0, true));
	}

	@Test
	void namesTheLimitsOfEveryWorkerWhereNoneHasASlot() {
		List<Leased> leased = List.of(leased(1L, "work", 2), leased(2L, "other", 4));
		assertThat(reached(waiting(2), worker("a"), worker("b"), leased)).containsExactlyInAnyOrder(
				new ReachedLimit("a", Scope.QUEUE, 2, 2), new ReachedLimit("b", Scope.WORKER, 4, 4),
				new ReachedLimit("b", Scope.QUEUE, 2, 4));
	}

	@Test
	void countsWhatAStrangerHoldsAgainstNobody() {
		List<Leased> leased = List.of(leased(null, "work", 9), leased(3L, "work", 9));
		assertThat(reasons(waiting(null), Map.of(1L, worker("a")), leased))
			.containsExactly(new JobReason.InLine("default", 0, true));
	}

	@Test
	void aSettingTakesThePlaceOfAConfiguredLimit() {
		LiveWorker limited = worker("a", 0, new Limit("default", Set.of(), 1, 1, 1));
		assertThat(reached(waiting(null), limited)).containsExactly(new ReachedLimit("a", Scope.QUEUE, 1, 1));
		assertThat(reasons(waiting(2), Map.of(1L, limited), List.of()))
			.containsExactly(new JobReason.InLine("default", 0, true));
	}

	@Test
	void jobsOfABatchShareASlot() {
		LiveWorker worker = worker("a", 0, new Limit(null, Set.of("work", "former"), 2, 0, 100));
		assertThat(reasons(waiting(null), Map.of(1L, worker), List.of(leased(1L, "work", 100))))
			.containsExactly(new JobReason.InLine("default", 0, true));
		assertThat(reached(waiting(null), worker, List.of(leased(1L, "work", 100), leased(1L, "former", 1))))
			.containsExactly(new ReachedLimit("a", Scope.HANDLER, 2, 2));
	}

	@Test
	void limitsOfOtherHandlersAndQueuesDoNotMatter() {
		LiveWorker worker = worker("a", 1, new Limit(null, Set.of("other"), 1, 1, 1),
				new Limit("mail", Set.of(), 1, 1, 1));
		assertThat(reasons(waiting(null), Map.of(1L, worker), List.of()))
			.containsExactly(new JobReason.InLine("default", 0, true));
	}

	@Test
	void knowsSinceWhenAJobIsHeldThatItsWorkerHasNotNamedYet() {
		LiveWorker worker = worker("a");
		assertThat(since(worker, NOW.minusSeconds(1))).isEqualTo(NOW.minusSeconds(1));
	}

	@Test
	void doesNotTakeARenewalForTheFirstLease() {
		assertThat(since(worker("a"), NOW.plusSeconds(6))).isNull();
	}

	@Test
	void believesItsWorkerSinceWhenAJobIsHeld() {
		LiveWorker worker = new LiveWorker("a", "host", 1, null, State.RUNNING, NOW, NOW.minusSeconds(5),
				Duration.ofSeconds(30), 4, 1, Set.of("default"), Set.of("work"), List.of(),
				List.of(new HeldJob(ID, NOW.minusSeconds(99))));
		assertThat(since(worker, NOW)).isEqualTo(NOW.minusSeconds(99));
	}

	@Test
	void doesNotKnowAHolderThatNobodyKnows() {
		Standing job = standing(JobState.RUNNING, NOW.plusSeconds(9), null, null, null);
		assertThat(reasons(job, Map.of(), List.of()))
			.containsExactly(new JobReason.Running("unknown worker", null, NOW.plusSeconds(9), Duration.ofSeconds(9)));
	}

	@Test
	void saysThatItHasNotLookedBehindManyJobsThatNobodyTakes() {
		Circumstances circumstances = new Circumstances(NOW, waiting(null), Map.of(1L, worker("a")), List.of(), 0,
				false);
		assertThat(Explainer.explain(ID, circumstances).message()).isEqualTo(
				"Many jobs of kinds that no live worker takes come before it in queue 'default', and maybe others.");
	}

	private static @Nullable Instant since(LiveWorker worker, Instant leaseBegin) {
		Standing job = standing(JobState.RUNNING, leaseBegin.plusSeconds(30), new WorkerName("a"), 1L, null);
		return ((JobReason.Running) reasons(job, Map.of(1L, worker), List.of()).get(0)).since();
	}

	private static List<ReachedLimit> reached(Standing job, LiveWorker worker) {
		return reached(job, worker, List.of());
	}

	private static List<ReachedLimit> reached(Standing job, LiveWorker worker, List<Leased> leased) {
		return reached(reasons(job, Map.of(1L, worker), leased));
	}

	private static List<ReachedLimit> reached(Standing job, LiveWorker one, LiveWorker two, List<Leased> leased) {
		return reached(reasons(job, Map.of(1L, one, 2L, two), leased));
	}

	private static List<ReachedLimit> reached(List<JobReason> reasons) {
		return ((JobReason.LimitReached) reasons.get(0)).reached();
	}

	private static List<JobReason> reasons(Standing job, Map<Long, LiveWorker> workers, List<Leased> leased) {
		return Explainer.explain(ID, new Circumstances(NOW, job, workers, leased, 0, true)).reasons();
	}

	private static Standing waiting(@Nullable Integer concurrency) {
		return standing(JobState.AVAILABLE, null, null, null, concurrency);
	}

	private static Standing standing(JobState state, @Nullable Instant leaseEndsAt, @Nullable WorkerName holder,
			@Nullable Long holderNumber, @Nullable Integer concurrency) {
		return new Standing("default", "work", state, 5, NOW.minusSeconds(60), 1, null, leaseEndsAt, holder,
				holderNumber, null, null, null, null, null, concurrency);
	}

	private static LiveWorker worker(String name) {
		return worker(name, 0);
	}

	/** Has four slots, and spoke five seconds ago. */
	private static LiveWorker worker(String name, int slotsInUse, Limit... limits) {
		return new LiveWorker(name, "host", 1, null, State.RUNNING, NOW.minusSeconds(100), NOW.minusSeconds(5),
				Duration.ofSeconds(30), 4, slotsInUse, Set.of("default"), Set.of("work", "former", "other"),
				List.of(limits), List.of());
	}

	private static Leased leased(@Nullable Long worker, String kind, int jobs) {
		return new Leased(worker, kind, jobs, List.of());
	}

}
