package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import io.tasuki.QueueCounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Pages of jobs, by filter, and counts of them. */
@Timeout(120)
class ListJobsIntegrationTests {

	private static TestDatabase database;

	private QueueOperator operator;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
		this.operator = new QueueOperator(database.dataSource);
	}

	@Test
	@DisplayName("S23: pages of live jobs neither skip nor repeat one while others come and go")
	void pagesLiveJobsWhileOthersComeAndGo() { // B49
		List<Long> ids = insert(95, "default", null);
		List<Long> gone = ids.subList(3, 6);
		List<Long> listed = page(JobFilter.live(), 10, () -> {
			insert(1, "default", null);
			database.jdbc.update("delete from tasuki.job where id = any (?)", (Object) gone.toArray(Long[]::new));
		});
		assertThat(listed).doesNotHaveDuplicates().isSorted().containsAll(ids);
	}

	@Test
	@DisplayName("S23: pages of one queue's jobs neither skip nor repeat one while the queue becomes a large one")
	void pagesAQueueWhileItGrows() { // B49
		List<Long> ids = insert(3_000, "grows", null);
		insert(5, "other", null);
		List<Long> listed = page(JobFilter.live().withQueue("grows"), 500, () -> insert(5_000, "grows", null));
		assertThat(listed).doesNotHaveDuplicates().isSorted().containsAll(ids);
	}

	@Test
	@DisplayName("S23: pages of dead jobs neither skip nor repeat one while others die, also in the same instant")
	void pagesDeadJobsWhileOthersDie() { // B49
		bury(insert(95, "default", null), "clock_timestamp() - n / 7 * interval '1 second'");
		List<Long> ids = database.jdbc.queryForList("select id from tasuki.job_dead order by died_at desc, id desc",
				Long.class);
		List<Long> listed = page(JobFilter.dead(), 10,
				() -> bury(insert(1, "default", null), "clock_timestamp() + interval '1 second'"));
		assertThat(listed).containsExactlyElementsOf(ids);
	}

	@Test
	@DisplayName("S23: pages of the archive neither skip nor repeat one while others finish, over several days")
	void pagesTheArchiveWhileOthersFinish() { // B49
		List<Long> ids = insert(80_000, "default", null);
		archive(ids, "clock_timestamp() + n % 2 * interval '1 day'");
		List<Long> listed = page(JobFilter.finished(), 1_000,
				() -> archive(insert(100, "default", null), "clock_timestamp()"));
		assertThat(listed).doesNotHaveDuplicates();
		assertThat(new HashSet<>(listed)).containsAll(ids);
	}

	@Test
	void theArchiveIsListedLatestFirst() { // B49
		archive(insert(200, "default", null), "clock_timestamp()");
		List<Long> ids = database.jdbc.queryForList("select id from tasuki.job_archive order by id desc", Long.class);
		assertThat(this.operator.ids(JobFilter.finished(), 30)).containsExactlyElementsOf(ids);
	}

	@Test
	void aFilterThatMatchesLittleCostsNoMoreThanALookAtABoundedNumberOfJobs() { // B49
		insert(PostgresOperationsStore.LOOK_AT + 10, "default", null);
		List<Long> rare = insert(1, "default", null);
		database.jdbc.update("update tasuki.job set kind = 'rare' where id = ?", rare.get(0));
		JobFilter filter = JobFilter.live().withKind("rare");
		JobPage<JobSummary> first = this.operator.operations.list(filter, JobPageRequest.ofSize(5));
		assertThat(first.items()).isEmpty();
		assertThat(first.hasNext()).isTrue();
		assertThat(this.operator.ids(filter, 5)).isEqualTo(rare);
		bury(insert(PostgresOperationsStore.LOOK_AT, "default", null), "clock_timestamp() + n * interval '1 second'");
		bury(rare, "clock_timestamp() - interval '1 hour'");
		JobFilter dead = JobFilter.dead().withKind("rare");
		assertThat(this.operator.operations.list(dead, JobPageRequest.ofSize(5)).items()).isEmpty();
		assertThat(this.operator.ids(dead, 5)).isEqualTo(rare);
	}

	@Test
	void aSmallQueueIsFoundAmongManyJobsOfOthers() { // B49
		insert(PostgresOperationsStore.LOOK_AT + 10, "large", null);
		List<Long> small = insert(3, "small", null);
		assertThat(this.operator.operations.list(JobFilter.live().withQueue("small"), JobPageRequest.ofSize(5)).items())
			.extracting((job) -> job.id().value())
			.isEqualTo(small);
	}

	@Test
	void whatIsTooLargeToBeLookedAtWholeIsListedAllTheSame() { // B49
		List<Long> ids = insert(PostgresOperationsStore.LOOK_AT + 10, "large", "import-8");
		database.jdbc.update("update tasuki.job set priority = 9 where id = ?", ids.get(0));
		assertThat(first(JobFilter.live().withQueue("large"))).isEqualTo(ids.get(0));
		bury(ids, "clock_timestamp() + n * interval '1 second'");
		assertThat(first(JobFilter.dead().withLabel("import-8"))).isEqualTo(ids.get(ids.size() - 1));
	}

	private long first(JobFilter filter) {
		return this.operator.operations.list(filter, JobPageRequest.ofSize(1)).items().get(0).id().value();
	}

	@Test
	void aLabelIsFoundAmongManyJobsOfOthers() { // B12, B49
		insert(PostgresOperationsStore.LOOK_AT + 10, "large", null);
		List<Long> labelled = insert(3, "large", "import-7");
		JobFilter filter = JobFilter.live().withLabel("import-7");
		assertThat(this.operator.operations.list(filter, JobPageRequest.ofSize(5)).items())
			.extracting((job) -> job.id().value())
			.isEqualTo(labelled);
		assertThat(this.operator.ids(filter, 1)).isEqualTo(labelled);
		assertThat(this.operator.ids(filter.withQueue("other"), 2)).isEmpty();
	}

	@Test
	void filtersByStateKindAndAge() { // B49
		long waiting = database.insert("default", "work", 5, "1 hour");
		long running = database.insert();
		database.leaseToStranger(running);
		long lost = database.insert();
		database.leaseToStranger(lost);
		database.expireLease(lost);
		long other = database.insert("default", "other", 5, "0");
		assertThat(this.operator.ids(JobFilter.of(JobState.RUNNING), 10)).containsExactly(running);
		assertThat(this.operator.ids(JobFilter.of(JobState.AVAILABLE), 10)).containsExactly(waiting, lost, other);
		assertThat(this.operator.ids(JobFilter.live().withKind("other"), 10)).containsExactly(other);
		Instant now = Instant.now();
		Instant soon = now.plus(Duration.ofHours(1));
		assertThat(this.operator.ids(JobFilter.live().withCreatedFrom(soon), 10)).isEmpty();
		assertThat(this.operator.ids(JobFilter.live().withCreatedBefore(soon), 10)).hasSize(4);
		assertThat(this.operator.ids(JobFilter.live().withCreatedBefore(Instant.MIN), 10)).isEmpty();
		assertThat(this.operator.ids(JobFilter.live().withCreatedFrom(Instant.MIN).withCreatedBefore(Instant.MAX), 10))
			.hasSize(4);
	}

	@Test
	void filtersFinishedJobsByOutcomeAndByWhenTheyFinished() { // B49
		List<Long> ids = insert(4, "default", null);
		archive(ids, "date_trunc('day', clock_timestamp(), 'UTC') + n * interval '1 hour'");
		database.jdbc.update("update tasuki.job_archive set outcome = 2 where id = ?", ids.get(0));
		assertThat(this.operator.ids(JobFilter.of(JobState.CANCELLED), 10)).containsExactly(ids.get(0));
		assertThat(this.operator.ids(JobFilter.of(JobState.SUCCEEDED), 10)).hasSize(3);
		Instant third = Objects
			.requireNonNull(database.jdbc.queryForObject("select finished_at from tasuki.job_archive where id = ?",
					OffsetDateTime.class, ids.get(2)))
			.toInstant();
		assertThat(this.operator.ids(JobFilter.finished().withFinishedFrom(third), 10))
			.containsExactlyInAnyOrder(ids.get(2), ids.get(3));
		assertThat(this.operator.ids(JobFilter.finished().withFinishedBefore(third), 10))
			.containsExactlyInAnyOrder(ids.get(0), ids.get(1));
		assertThat(this.operator.ids(JobFilter.finished().withFinishedFrom(third.plus(Duration.ofDays(3))), 10))
			.isEmpty();
	}

	@Test
	void saysOfEachJobWhatIsShort() { // B49
		long id = database.insert("mail", "work", 3, "1 hour");
		database.jdbc.update("update tasuki.job set unique_key = 'k', label = 'l', progress = 7, max_attempts = 9");
		assertThat(this.operator.operations.list(JobFilter.live(), JobPageRequest.ofSize(1)).items()).singleElement()
			.satisfies((job) -> {
				assertThat(job.id()).isEqualTo(new JobId(id));
				assertThat(job.queue()).isEqualTo("mail");
				assertThat(job.kind()).isEqualTo("work");
				assertThat(job.state()).isEqualTo(JobState.AVAILABLE);
				assertThat(job.priority()).isEqualTo(3);
				assertThat(job.maxAttempts()).isEqualTo(9);
				assertThat(job.uniqueKey()).isEqualTo("k");
				assertThat(job.label()).isEqualTo("l");
				assertThat(job.progress()).isEqualTo(7);
				assertThat(job.finishedAt()).isNull();
				assertThat(job.reason()).isNull();
			});
		bury(List.of(id), "clock_timestamp()");
		assertThat(this.operator.operations.list(JobFilter.dead(), JobPageRequest.ofSize(1)).items()).singleElement()
			.satisfies((job) -> {
				assertThat(job.state()).isEqualTo(JobState.DEAD);
				assertThat(job.reason()).isEqualTo("broken");
				assertThat(job.finishedAt()).isNotNull();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "7", "live", "live.x", "live.1.2", "dead.1.1", "finished.20260101.0.0" })
	void refusesACursorOfSomethingElse(String cursor) { // B49
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.operator.operations.list(JobFilter.live(), JobPageRequest.ofSize(1).after(cursor)))
			.withMessageContaining("'%s' does not continue a listing of live jobs".formatted(cursor));
	}

	@ParameterizedTest
	@ValueSource(strings = { "finished.20261399.0.0", "finished.20260101.-1.0", "finished.20260101.0.99999999999" })
	void refusesACursorThatLeadsNowhere(String cursor) { // B49
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.operator.operations.list(JobFilter.finished(), JobPageRequest.ofSize(1).after(cursor)))
			.withMessageContaining("does not continue a listing of finished jobs");
	}

	@Test
	void seesWhatTheCallersTransactionDidAndNeedsNoWritableOne() { // B49
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		QueueClient client = new QueueClient(database.dataSource);
		transaction.executeWithoutResult((status) -> {
			client.enqueue(QueueClient.request("mine"));
			assertThat(this.operator.ids(JobFilter.live(), 10)).hasSize(1);
			status.setRollbackOnly();
		});
		transaction.setReadOnly(true);
		assertThat(transaction.<List<Long>>execute((status) -> this.operator.ids(JobFilter.live(), 10))).isEmpty();
	}

	@Test
	void leavesThePlannersSettingsOfTheCallersTransactionAsTheyWere() { // B49
		JdbcTemplate jdbc = new JdbcTemplate(database.dataSource);
		String settings = "select string_agg(name || setting, ' ' order by name) from pg_settings"
				+ " where name ~ '^(enable_|jit$)'";
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
		transaction.executeWithoutResult((status) -> {
			jdbc.execute("set local enable_sort = off");
			String before = jdbc.queryForObject(settings, String.class);
			this.operator.operations.list(JobFilter.live(), JobPageRequest.ofSize(1));
			this.operator.operations.counts();
			assertThat(jdbc.queryForObject(settings, String.class)).isEqualTo(before);
		});
	}

	@Test
	void countsJobsOfEachQueueByState() { // B49
		insert(3, "a", null);
		database.insert("a", "work", 2, "1 hour");
		long running = database.insert("b", "work", 2, "0");
		database.leaseToStranger(running);
		bury(insert(2, "b", null), "clock_timestamp()");
		bury(insert(1, "gone", null), "clock_timestamp()");
		assertThat(this.operator.operations.counts()).containsExactly(new QueueCounts("a", 3, 1, 0, 0, true),
				new QueueCounts("b", 0, 0, 1, 2, true), new QueueCounts("gone", 0, 0, 0, 1, true));
	}

	@Test
	void leavesWhatSmallQueuesDoNotNeedToALargeOne() { // B49
		insert(CountJobs.MOST_LIVE - 2_000, "large", null);
		for (int queue = 0; queue < 99; queue++) {
			insert(1, "small-" + queue, null);
		}
		assertThat(this.operator.operations.counts()).hasSize(100)
			.contains(new QueueCounts("large", CountJobs.MOST_LIVE - 2_000, 0, 0, 0, true))
			.allMatch(QueueCounts::complete);
	}

	@Test
	void saysAtLeastWhereThereIsTooMuchToCount() { // B49
		insert(CountJobs.MOST_LIVE, "large", null);
		insert(CountJobs.MOST_LIVE, "as large", null);
		insert(1, "small", null);
		int each = (CountJobs.MOST_LIVE - 2 * (CountJobs.MOST_LIVE / 4 / 3) - 1) / 2;
		assertThat(this.operator.operations.counts()).containsExactly(new QueueCounts("as large", each, 0, 0, 0, false),
				new QueueCounts("large", each, 0, 0, 0, false), new QueueCounts("small", 1, 0, 0, 0, true));
	}

	@Test
	void saysAtLeastWhereThereAreTooManyDeadLettersToCount() { // B49
		bury(insert(CountJobs.MOST_DEAD + 1, "broken", null), "clock_timestamp()");
		assertThat(this.operator.operations.counts())
			.containsExactly(new QueueCounts("broken", 0, 0, 0, CountJobs.MOST_DEAD, false));
	}

	/** Lists page by page; between the first pages, something happens. */
	private List<Long> page(JobFilter filter, int size, Runnable meanwhile) {
		AtomicInteger pages = new AtomicInteger();
		return QueueOperator.all(size, (page) -> {
			JobPage<JobSummary> answer = this.operator.operations.list(filter, page);
			if (pages.incrementAndGet() < 5) {
				meanwhile.run();
			}
			return answer;
		}).stream().map((job) -> job.id().value()).toList();
	}

	private static List<Long> insert(int count, String queue, @Nullable String label) {
		List<Long> ids = database.jdbc.queryForList("""
				insert into tasuki.job (queue, kind, label, payload)
				select ?, 'work', ?, '{"n": 1}' from generate_series(1, ?) as n
				returning id
				""", Long.class, queue, label, count);
		// Planned for a table of a few rows, what moves them on would walk the whole list
		// of
		// ids for each row.
		database.jdbc.execute("analyze tasuki.job");
		return ids;
	}

	private static void bury(List<Long> ids, String diedAt) {
		database.jdbc
			.update("""
					with gone as (delete from tasuki.job where id = any (?) returning *)
					insert into tasuki.job_dead (
					       id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue, kind, label, reason)
					select id, run_at, created_at, %s, lease_no, attempt, priority, crashes, queue, kind, label, 'broken'
					  from (select *, row_number() over (order by id) - 1 as n from gone) as gone
					"""
				.formatted(diedAt), (Object) ids.toArray(Long[]::new));
	}

	private static void archive(List<Long> ids, String finishedAt) {
		database.jdbc
			.update("""
					with gone as (delete from tasuki.job where id = any (?) returning *)
					insert into tasuki.job_archive (
					       id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes, outcome, queue, kind, label)
					select id, run_at, created_at, %s, lease_no, attempt, priority, crashes, 1, queue, kind, label
					  from (select *, row_number() over (order by id) - 1 as n from gone order by id) as gone
					"""
				.formatted(finishedAt), (Object) ids.toArray(Long[]::new));
	}

}
