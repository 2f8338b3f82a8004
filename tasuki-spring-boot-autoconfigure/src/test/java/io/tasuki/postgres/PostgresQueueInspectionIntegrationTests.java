package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.UnknownKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresQueueInspectionIntegrationTests {

	private static final Set<String> BOTH = Set.of("default", "mail");

	private static TestDatabase database;

	private final PostgresQueueInspection inspection = new PostgresQueueInspection(database.dataSource);

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
	}

	@Test
	void countsDueJobsOfUnknownKindsByQueue() { // B20, S11
		database.insert("default", "work", 5, "-1 hour");
		database.insert("default", "newer", 5, "-10 minutes");
		database.insert("default", "newer", 0, "-5 minutes");
		database.insert("mail", "newer", 9, "-1 minute");
		database.insert("mail", "older", 5, "-1 minute");
		database.insert("elsewhere", "newer", 5, "-1 minute");
		List<UnknownKind> found = this.inspection.unknownKinds(BOTH, Set.of("work", "play"));
		assertThat(found).extracting(UnknownKind::queue, UnknownKind::kind, UnknownKind::jobs)
			.hasToString("[(\"default\", \"newer\", 2L), (\"mail\", \"newer\", 1L), (\"mail\", \"older\", 1L)]");
		assertThat(found).allSatisfy((unknown) -> assertThat(unknown.more()).isFalse());
		assertThat(found.get(0).dueFor()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
	}

	@Test
	void knowsNothingWhereThereAreNoHandlers() {
		database.insert();
		assertThat(this.inspection.unknownKinds(BOTH, Set.of())).hasSize(1);
		assertThat(this.inspection.unknownKinds(Set.of(), Set.of())).isEmpty();
	}

	@Test
	void leavesOutWhatIsNotDueOrRunsElsewhere() { // S11
		database.insert("default", "newer", 5, "1 minute");
		database.leaseToStranger(database.insert("default", "newer", 5, "-1 minute"));
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).isEmpty();
		database.jdbc.update("update tasuki.job set lease_expires_at = now() - interval '1 second'"
				+ " where lease_expires_at is not null");
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).as("its worker died")
			.extracting(UnknownKind::jobs)
			.containsExactly(1L);
	}

	@Test
	void looksAtSoManyJobsOfAPriorityAndSaysThatThereMayBeMore() { // S21
		int limit = PostgresQueueInspection.MOST_OF_A_PRIORITY;
		insertMany(limit - 1, "newer", "-2 minutes");
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).extracting(UnknownKind::jobs, UnknownKind::more)
			.hasToString("[(%dL, false)]".formatted(limit - 1));
		insertMany(500, "newer", "-1 minute");
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).extracting(UnknownKind::jobs, UnknownKind::more)
			.hasToString("[(%dL, true)]".formatted(limit));
		insertMany(500, "work", "-1 hour");
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).as("behind known ones")
			.extracting(UnknownKind::jobs, UnknownKind::more)
			.hasToString("[(%dL, true)]".formatted(limit - 500));
	}

	@Test
	void looksAtFewerJobsOfEachQueueWhereThereAreMany() {
		insertMany(5_000, "newer", "-1 minute");
		Set<String> queues = IntStream.range(0, 99).mapToObj((i) -> "queue" + i).collect(Collectors.toSet());
		queues.add("default");
		assertThat(this.inspection.unknownKinds(queues, Set.of("work")))
			.extracting(UnknownKind::jobs, UnknownKind::more)
			.hasToString("[(200L, true)]");
	}

	@Test
	void standsARowThatIsDueSinceEver() { // S27
		database.insert("default", "newer", 5, "-1 minute");
		database.jdbc.update("update tasuki.job set run_at = '-infinity'");
		assertThat(this.inspection.unknownKinds(BOTH, Set.of("work"))).extracting(UnknownKind::jobs)
			.containsExactly(1L);
	}

	@Test
	void countsTheJobsOfEachQueueByState() { // B52
		database.insert("default", "work", 5, "-10 minutes");
		database.insert("default", "work", 9, "-1 minute");
		database.insert("default", "work", 5, "1 hour");
		database.leaseToStranger(database.insert("default", "work", 5, "-1 hour"));
		database.jdbc
			.update("""
					insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
					                             kind, reason)
					select -1, now(), now(), now(), 1, 1, 5, 0, 'mail', 'work', 'broken'""");
		List<QueueDepth> depths = this.inspection.depths(BOTH);
		assertThat(depths).extracting(QueueDepth::queue).containsExactly("default", "mail");
		QueueDepth depth = depths.get(0);
		assertThat(List.of(depth.due(), depth.scheduled(), depth.running(), depth.dead()))
			.isEqualTo(List.of(2L, 1L, 1L, 0L));
		assertThat(depth.complete()).isTrue();
		assertThat(depth.oldestDue()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
		assertThat(depths.get(1)).isEqualTo(new QueueDepth("mail", 0, 0, 0, 1, true, null));
	}

	@Test
	void countsAJobWhoseWorkerDiedAsDue() {
		long id = database.insert("default", "work", 5, "-1 minute");
		database.leaseToStranger(id);
		database.jdbc.update("update tasuki.job set lease_expires_at = now() - interval '1 second'");
		assertThat(this.inspection.depths(Set.of("default"))).extracting(QueueDepth::due).containsExactly(1L);
	}

	@Test
	void countsSoManyJobsOfAPriorityAndSaysThatThereAreMore() { // S21
		int limit = PostgresQueueInspection.MOST_OF_A_PRIORITY;
		insertMany(limit + 1, "work", "-1 minute");
		database.insert("default", "work", 9, "-1 hour");
		QueueDepth depth = this.inspection.depths(Set.of("default")).get(0);
		assertThat(depth.due()).isEqualTo(limit + 1);
		assertThat(depth.complete()).isFalse();
		assertThat(depth.oldestDue()).as("behind many of another priority").isGreaterThan(Duration.ofMinutes(59));
	}

	@Test
	void countsTheLatestDeadLettersAndSaysThatThereMayBeMore() { // S21
		database.jdbc.update(
				"""
						insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
						                             kind, reason)
						select -number, now(), now(), now() - number * interval '1 second', 1, 1, 5, 0,
						       case when number <= 3 then 'mail' else 'default' end, 'work', 'broken'
						  from generate_series(1, ?) as number""",
				MeasureQueues.MOST_DEAD + 1);
		List<QueueDepth> depths = this.inspection.depths(BOTH);
		assertThat(depths).extracting(QueueDepth::dead).containsExactly(MeasureQueues.MOST_DEAD - 3L, 3L);
		assertThat(depths).extracting(QueueDepth::complete).containsExactly(false, false);
	}

	@Test
	void measuresAQueueWhoseJobIsDueSinceEver() { // S27
		database.insert("default", "work", 5, "-1 minute");
		database.jdbc.update("update tasuki.job set run_at = '-infinity'");
		assertThat(this.inspection.depths(Set.of("default")).get(0).oldestDue()).isGreaterThan(Duration.ofDays(365));
		assertThat(this.inspection.depths(Set.of())).isEmpty();
	}

	private static void insertMany(int count, String kind, String runAt) {
		database.jdbc.update(
				"insert into tasuki.job (kind, run_at)" + " select ?, now() + ?::interval from generate_series(1, ?)",
				kind, runAt, count);
	}

}
