package io.tasuki.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tasuki.DatabaseReport;
import io.tasuki.JobId;
import io.tasuki.SnapshotHolder;
import io.tasuki.SnapshotHolder.Kind;
import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueTakers;
import io.tasuki.store.UnknownKind;
import io.tasuki.worker.SeenQueue;
import io.tasuki.worker.StuckSlot;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** What health calls a problem, and what it says to do. */
class HealthProblemsTests {

	private static final Duration LIMIT = Duration.ofMinutes(5);

	private static final Duration LATE = Duration.ofMinutes(12);

	private static final WorkerHealth WELL = new WorkerHealth(true, true, Duration.ZERO, null, true, true, 0);

	private HealthSources sources = sources(WELL, false, List.of());

	private HealthSettings settings = new HealthSettings(true, LIMIT, Map.of("reports", Duration.ofHours(8)), LIMIT);

	@Test
	void tellsAStoppedWorker() {
		this.sources = sources(new WorkerHealth(false, false, null, null, false, true, 0), false, List.of());
		assertProblem("worker", "The worker is stopped: this instance runs no jobs", "Worker.stop()");
	}

	@Test
	void tellsAWorkerThatDrains() {
		this.sources = sources(WELL, true, List.of());
		assertProblem("worker", "The worker drains: it takes no more jobs, and 1 job still runs",
				"tasuki.worker.shutdown-timeout");
	}

	@Test
	void tellsADatabaseThatIsAwayAndNothingThatFollowsFromIt() {
		this.sources = sources(
				new WorkerHealth(true, false, Duration.ofSeconds(9), "Connection refused", false, true, 0), false,
				List.of())
			.withDatabase(() -> {
				throw new IllegalStateException("away");
			});
		assertProblem("database", "The database does not answer the worker (last answer 9 s ago): Connection refused",
				"tries again by itself");
	}

	@Test
	void tellsADatabaseThatNeverAnswered() {
		this.sources = sources(new WorkerHealth(true, false, null, "Connection refused", false, true, 0), false,
				List.of());
		assertProblem("database", "The database does not answer the worker (it never did): Connection refused",
				"tries again by itself");
	}

	@Test
	void tellsAListenerThatIsAway() {
		this.sources = sources(new WorkerHealth(true, true, Duration.ZERO, null, false, true, 0), false, List.of());
		assertProblem("listener", "Wake-ups of other instances do not arrive", "tasuki.worker.listen=false");
	}

	@Test
	void missesNoListenerWhereNoneIsWanted() {
		this.sources = sources(new WorkerHealth(true, true, Duration.ZERO, null, false, true, 0), false, List.of());
		this.settings = new HealthSettings(false, LIMIT, Map.of(), LIMIT);
		assertThat(problems()).isEmpty();
	}

	@Test
	void tellsAnArchiveThatTakesNothing() { // S32
		this.sources = sources(new WorkerHealth(true, true, Duration.ZERO, null, true, false, 0), false, List.of());
		assertProblem("archive", "Jobs complete without archive rows", "janitor");
	}

	@Test
	void namesTheJobsOfStuckSlots() { // B29
		StuckSlot slot = new StuckSlot(new JobId(17), "report", "default", 2, "tasuki-1", Duration.ofMinutes(3),
				"it ran longer than its timeout of 1s, and does not heed its interruption");
		this.sources = sources(new WorkerHealth(true, true, Duration.ZERO, null, true, true, 1), false, List.of(slot));
		assertProblem("stuckSlots",
				"The slot of job 17 of kind 'report' in queue 'default' (attempt 2, thread 'tasuki-1') has been stuck"
						+ " for 3 min: it ran longer than its timeout of 1s, and does not heed its interruption",
				"the log has the thread's stack");
	}

	@Test
	void tellsTenProblemsOfACheckAndCountsTheOthers() {
		List<StuckSlot> slots = IntStream.rangeClosed(1, 13)
			.mapToObj((i) -> new StuckSlot(new JobId(i), "report", "default", 1, "t", Duration.ZERO, "it is deaf"))
			.toList();
		this.sources = sources(WELL, false, slots);
		assertThat(problems()).hasSize(11);
		assertThat(problems().get(10)).containsEntry("problem", "3 more like these");
	}

	@Test
	void saysWhyAQueueIsLate() {
		queues(late("paused", new QueueTakers("paused", Duration.ofMinutes(14), 3, Set.of()), true),
				late("slow", new QueueTakers("slow", null, 3, Set.of()), true),
				late("theirs", new QueueTakers("theirs", null, 1, Set.of()), false),
				late("unlisted", QueueTakers.none("unlisted"), true), late("mial", QueueTakers.none("mial"), false));
		assertThat(problems()).extracting((problem) -> problem.get("problem"))
			.startsWith("The oldest due job of queue 'paused' has waited for 12 min, longer than 5 min"
					+ " (tasuki.health.due-age); 1204 jobs are due");
		assertThat(problems()).extracting((problem) -> problem.get("whatToDo").toString())
			.satisfiesExactly(
					(paused) -> assertThat(paused).isEqualTo("The queue has been paused for 14 min. Resume it:"
							+ " QueueOperations.resume(\"paused\"), or POST /actuator/tasuki/queues/paused/resume"),
					(slow) -> assertThat(slow).startsWith("3 live workers look into this queue. JobOperations.explain,"
							+ " or GET /actuator/tasuki/jobs/{id}, says of one of its jobs why it does not run:"),
					(theirs) -> assertThat(theirs).startsWith("1 live worker looks into this queue."),
					(unlisted) -> assertThat(unlisted).startsWith("This worker looks into this queue."),
					(mial) -> assertThat(mial).startsWith("No live worker looks into this queue.")
						.contains("tasuki.queues.mial")
						.endsWith(" JobOperations.cancelAll, or POST /actuator/tasuki/jobs/{id}/cancel for each"));
	}

	@Test
	void namesNoPathForAQueueWhoseNameWouldHaveToBeEncoded() {
		queues(late("night/mail", new QueueTakers("night/mail", Duration.ofMinutes(14), 3, Set.of()), true));
		assertThat(problems()).singleElement()
			.extracting((problem) -> problem.get("whatToDo").toString())
			.asString()
			.endsWith("Resume it: QueueOperations.resume(\"night/mail\")");
	}

	@Test
	void namesTheWorstQueueFirst() {
		queues(new SeenQueue(new QueueDepth("bad", 1, 0, 0, 0, true, LIMIT), QueueTakers.none("bad"), true),
				new SeenQueue(new QueueDepth("worse", 10_000, 0, 0, 0, false, LATE), QueueTakers.none("worse"), true));
		assertThat(problems()).extracting((problem) -> problem.get("problem").toString())
			.satisfiesExactly(
					(worse) -> assertThat(worse).contains("'worse'").endsWith("; at least 10000 jobs are due"),
					(bad) -> assertThat(bad).contains("'bad'").endsWith("; 1 job is due"));
	}

	@Test
	void goesByTheAgeThatAQueueIsAllowed() {
		QueueTakers takers = QueueTakers.none("reports");
		queues(new SeenQueue(new QueueDepth("reports", 1, 0, 0, 0, true, Duration.ofHours(8).minusMillis(1)), takers,
				true), new SeenQueue(new QueueDepth("idle", 0, 5, 1, 9, true, null), takers, true));
		assertThat(problems()).isEmpty();
		queues(new SeenQueue(new QueueDepth("reports", 1, 0, 0, 0, true, Duration.ofHours(8)), takers, true));
		assertProblem("lateQueues", "The oldest due job of queue 'reports' has waited for 8 h 0 min, longer than"
				+ " 8 h 0 min (tasuki.health.queue-due-age.reports)", "JobOperations.explain");
	}

	@Test
	void namesUnknownKindsThatNoLiveWorkerHandles() { // B20
		SeenQueue queue = new SeenQueue(new QueueDepth("default", 9, 0, 0, 0, true, Duration.ZERO),
				new QueueTakers("default", null, 2, Set.of("theirs")), true);
		this.sources = this.sources.withQueues(() -> List.of(queue))
			.withUnknownKinds(() -> List.of(new UnknownKind("default", "invoice", 3, false, LATE),
					new UnknownKind("default", "theirs", 5, false, LATE),
					new UnknownKind("default", "refund", 10_000, true, Duration.ofSeconds(3))));
		assertProblem("unknownKinds",
				"Jobs wait in queue 'default' for which no live worker has a handler: at least 10000 of kind 'refund'"
						+ " (the oldest due for 3 s), 3 of kind 'invoice' (the oldest due for 12 min)",
				"an alias");
	}

	@Test
	void namesTenUnknownKindsAndCountsTheOthers() { // B20
		List<UnknownKind> kinds = new ArrayList<>();
		IntStream.range(0, 12).forEach((i) -> kinds.add(new UnknownKind("default", "k" + i, 20 - i, false, LATE)));
		this.sources = this.sources.withUnknownKinds(() -> kinds);
		assertThat(problems().get(0).get("problem").toString()).contains("11 of kind 'k9'")
			.doesNotContain("k10")
			.endsWith(", and those of 2 other kinds");
	}

	@ParameterizedTest
	@MethodSource("oldSnapshots")
	void namesWhoHoldsAnOldSnapshot(SnapshotHolder holder, String problem, String whatToDo) { // B51
		this.sources = this.sources.withDatabase(() -> new DatabaseReport(0, 0, null, null, List.of(holder)));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(problems()).containsExactly(Map.of("check", "snapshot", "problem",
				problem + ": no row that was deleted since can be removed", "whatToDo", whatToDo));
	}

	static Stream<Arguments> oldSnapshots() {
		Duration age = Duration.ofMinutes(90);
		return Stream.of(
				Arguments.of(new SnapshotHolder(Kind.SESSION, 7, "report", "idle in transaction", age, 12),
						"Session 7 of application 'report' (idle in transaction) has held a snapshot for 1 h 30 min"
								+ " (12 transactions)",
						"End its transaction, or the session: select pg_terminate_backend(7)"),
				Arguments.of(new SnapshotHolder(Kind.SESSION, 7, "report", null, null, 1_000_000),
						"Session 7 of application 'report' (in a state that this role may not see) has held a snapshot"
								+ " for 1000000 transactions",
						"End its transaction, or the session: select pg_terminate_backend(7)"),
				Arguments.of(new SnapshotHolder(Kind.PREPARED_TRANSACTION, null, "order", "prepared", LIMIT, 12),
						"Prepared transaction 'order' has held a snapshot for 5 min (12 transactions)",
						"Finish it: rollback prepared 'order', or commit prepared 'order'"),
				Arguments.of(new SnapshotHolder(Kind.REPLICATION_SLOT, null, "gone", "inactive", null, 2_000_000),
						"Replication slot 'gone' (inactive) has held a snapshot for 2000000 transactions",
						"End what runs for long on its standby. If nobody needs it any more:"
								+ " select pg_drop_replication_slot('gone')"),
				Arguments.of(new SnapshotHolder(Kind.STANDBY, 8, "replica", "active", null, 2_000_000),
						"Standby 'replica' has held a snapshot for 2000000 transactions",
						"End what runs for long there, or set hot_standby_feedback off there"));
	}

	@Test
	void warnsOfNoYoungSnapshot() { // B51
		SnapshotHolder young = new SnapshotHolder(Kind.SESSION, 7, "a", "active", LIMIT.minusMillis(1), 2_000_000);
		SnapshotHolder hidden = new SnapshotHolder(Kind.SESSION, 8, "b", null, null, 999_999);
		this.sources = this.sources.withDatabase(() -> new DatabaseReport(0, 0, null, null, List.of(young, hidden)));
		assertThat(problems()).isEmpty();
	}

	@Test
	void tellsThatItCannotLookAndShowsWhatItSees() {
		this.sources = this.sources.withDatabase(() -> {
			throw new IllegalStateException("no rights");
		}).withUnknownKinds(() -> List.of(new UnknownKind("default", "invoice", 3, false, LATE)));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(problems()).extracting((problem) -> problem.get("check")).containsExactly("unknownKinds", "look");
		assertThat(problems().get(1).get("problem").toString()).endsWith(": no rights");
	}

	private void queues(SeenQueue... queues) {
		this.sources = this.sources.withQueues(() -> List.of(queues));
	}

	private static SeenQueue late(String name, QueueTakers takers, boolean ours) {
		return new SeenQueue(new QueueDepth(name, 1_204, 0, 0, 0, true, LATE), takers, ours);
	}

	private void assertProblem(String check, String problem, String whatToDo) {
		assertThat(problems()).singleElement().satisfies((found) -> {
			assertThat(found.keySet()).containsExactly("check", "problem", "whatToDo");
			assertThat(found).containsEntry("check", check);
			assertThat(found.get("problem").toString()).startsWith(problem);
			assertThat(found.get("whatToDo").toString()).contains(whatToDo);
		});
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> problems() {
		Object problems = health().getDetails().getOrDefault("problems", List.of());
		return (List<Map<String, Object>>) problems;
	}

	private Health health() {
		return new TasukiHealthIndicator(this.sources, this.settings).health();
	}

	private static HealthSources sources(WorkerHealth worker, boolean draining, List<StuckSlot> stuck) {
		return new HealthSources(() -> worker, () -> draining, () -> new WorkerLoad(4, 1, 0, 0), () -> stuck, null,
				null, null);
	}

}
