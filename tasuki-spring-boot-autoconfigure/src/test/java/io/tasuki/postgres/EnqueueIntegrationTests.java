package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.tasuki.AttemptError;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnqueueIntegrationTests {

	private final QueueDatabase database = new QueueDatabase();

	private final QueueClient client = new QueueClient(this.database.unpooled());

	@BeforeEach
	void clear() {
		this.database.clear();
	}

	@Test
	void storesAJobWithoutATransaction() { // B2
		EnqueuedJob job = this.client.enqueue(JobRequest.of("greet", "{\"name\":\"Ada\"}"));
		assertThat(job.created()).isTrue();
		Map<String, Object> row = this.database.look()
			.queryForMap("select *, payload->>'name' as name from tasuki.job");
		assertThat(row).containsEntry("id", job.id().value())
			.containsEntry("kind", "greet")
			.containsEntry("queue", "default")
			.containsEntry("priority", 5)
			.containsEntry("max_attempts", null)
			.containsEntry("unique_key", null)
			.containsEntry("name", "Ada")
			.containsEntry("attempt", 0)
			.containsEntry("lease_no", 0);
	}

	@Test
	void answersWithTheIdOfTheStoredJob() { // B3
		EnqueuedJob first = this.client.enqueue(QueueClient.request("a"));
		EnqueuedJob second = this.client.enqueue(QueueClient.request("b"));
		assertThat(queueOf(first)).isEqualTo("a");
		assertThat(queueOf(second)).isEqualTo("b");
	}

	@Test
	void storesAJobWithoutAPayload() {
		EnqueuedJob job = this.client.enqueue(JobRequest.ofKind("tick"));
		assertThat(this.database.look().queryForMap("select payload from tasuki.job")).containsEntry("payload", null);
		assertThat(this.client.find(job.id()).orElseThrow().job().payload()).isNull();
	}

	@Test
	void storesManyJobsAndAnswersInTheirOrder() { // B4
		List<JobRequest<String>> requests = IntStream.range(0, 500)
			.mapToObj((i) -> JobRequest.of("greet", "{\"text\":\"\\\"q\\\\,{}" + i + "\"}")
				.withQueue("queue " + i % 7)
				.withPriority(i % 10)
				.withMaxAttempts(i + 1))
			.toList();
		List<EnqueuedJob> jobs = this.client.enqueueAll(requests);
		assertThat(jobs).hasSize(500).allMatch(EnqueuedJob::created);
		assertThat(jobs).extracting(EnqueuedJob::id).isSorted();
		for (int i = 0; i < jobs.size(); i++) {
			Job job = this.client.find(jobs.get(i).id()).orElseThrow().job();
			assertThat(job.queue()).isEqualTo(requests.get(i).queue());
			assertThat(job.priority()).isEqualTo(i % 10);
			assertThat(job.maxAttempts()).isEqualTo(i + 1);
			assertThat(job.payload()).contains("\\\"q\\\\,{}" + i + "\"");
		}
	}

	@Test
	void storesManyJobsWithTheirTimesAndWithoutPayloads() { // B4
		Instant runAt = Instant.parse("2040-02-03T04:05:06.123456789Z");
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(JobRequest.ofKind("now"),
				JobRequest.ofKind("later").withDelay(Duration.ofHours(1)), JobRequest.ofKind("at").withRunAt(runAt)));
		assertThat(secondsAhead(jobs.get(0))).isEqualTo(0, within(10.0));
		assertThat(secondsAhead(jobs.get(1))).isEqualTo(3600, within(10.0));
		assertThat(find(jobs.get(2)).job().runAt()).isEqualTo("2040-02-03T04:05:06.123456Z");
		assertThat(find(jobs.get(0)).job().payload()).isNull();
	}

	@Test
	void takesOneRoundTripForOneJobAndForMany() { // B4
		SingleConnectionDataSource counted = new SingleConnectionDataSource(
				uncheckedConnection("socketFactory=" + RoundTripCountingSocketFactory.class.getName()), true);
		QueueClient countedClient = new QueueClient(counted);
		List<JobRequest<String>> many = IntStream.range(0, 1000).mapToObj((i) -> QueueClient.request("many")).toList();
		assertThat(roundTrips(() -> countedClient.enqueue(QueueClient.request("one")))).isEqualTo(1);
		assertThat(roundTrips(() -> countedClient.enqueue(QueueClient.request("one").withUniqueKey("k")))).isEqualTo(1);
		assertThat(roundTrips(() -> countedClient.enqueueAll(many))).isEqualTo(1);
		// The commit that makes several statements one is another round trip.
		assertThat(roundTrips(() -> countedClient
			.enqueueAll(List.of(QueueClient.request("many"), QueueClient.request("many").withUniqueKey("k")))))
			.isEqualTo(2);
		assertThat(this.database.jobCount()).isEqualTo(1004);
		counted.destroy();
	}

	@Test
	void delaysAJobByTheDatabasesClock() { // B5
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q").withDelay(Duration.ofMinutes(10)));
		assertThat(secondsAhead(job)).isEqualTo(600, within(10.0));
		assertThat(onlyWakeUp().dueIn()).isBetween(Duration.ofSeconds(599), Duration.ofSeconds(600));
	}

	@Test
	void keepsTheLongestDelay() { // B5
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q").withDelay(JobRequest.MAX_DELAY));
		assertThat(secondsAhead(job)).isEqualTo(JobRequest.MAX_DELAY.toSeconds(), within(10.0));
	}

	@Test
	void schedulesAJobForAMoment() { // B6
		Instant runAt = Instant.parse("2040-02-03T04:05:06.123456789Z");
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q").withRunAt(runAt));
		assertThat(find(job).job().runAt()).isEqualTo("2040-02-03T04:05:06.123456Z");
		assertThat(onlyWakeUp().position().runAt()).isEqualTo("2040-02-03T04:05:06.123456Z");
		assertThat(onlyWakeUp().dueIn()).isGreaterThan(Duration.ofDays(365));
	}

	@Test
	void takesAMomentThatHasPassedForNow() { // B6
		for (Instant past : List.of(Instant.parse("2001-01-01T00:00:00Z"), Instant.EPOCH, Instant.MIN)) {
			assertThat(secondsAhead(this.client.enqueue(QueueClient.request("q").withRunAt(past)))).isEqualTo(0,
					within(10.0));
		}
	}

	@Test
	void storesTheLatestMoment() { // B6
		Instant latest = Instant.parse("9999-12-31T23:59:59Z");
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q").withRunAt(latest));
		assertThat(find(job).job().runAt()).isEqualTo(latest);
	}

	@Test
	void storesPriorityMaxAttemptsAndQueue() { // B7, B8, B9
		EnqueuedJob job = this.client.enqueue(
				JobRequest.ofKind("tick").withPriority(0).withMaxAttempts(32_767).withQueue("Ünïcode, \"quoted\""));
		Job found = find(job).job();
		assertThat(found.priority()).isZero();
		assertThat(found.maxAttempts()).isEqualTo(32_767);
		assertThat(found.queue()).isEqualTo("Ünïcode, \"quoted\"");
	}

	@Test
	void storesNoneWhenOneOfManyIsRefusedByTheDatabase() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(
				() -> this.client.enqueueAll(List.of(JobRequest.of("greet", "{}"), JobRequest.of("greet", "{broken"))));
		assertThat(this.database.jobCount()).isZero();
	}

	@Test
	void wakesForWhatWasStored() {
		this.client
			.enqueueAll(List.of(QueueClient.request("a"), QueueClient.request("a").withDelay(Duration.ofMinutes(1)),
					QueueClient.request("b"), QueueClient.request("a")));
		List<Map<String, Object>> rows = this.database.jobs();
		assertThat(this.client.sent().get(this.client.sent().size() - 1))
			.extracting(WakeUp::queue, (wakeUp) -> wakeUp.position().id())
			.containsExactly(tuple("a", rows.get(0).get("id")), tuple("a", rows.get(1).get("id")),
					tuple("b", rows.get(2).get("id")));
	}

	@Test
	void findsALiveJobAndReadsAnExpiredLeaseAsAvailable() {
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q"));
		assertThat(find(job).state()).isEqualTo(JobState.AVAILABLE);
		lease(job, "1 minute");
		assertThat(find(job).state()).isEqualTo(JobState.RUNNING);
		lease(job, "-1 second");
		assertThat(find(job).state()).isEqualTo(JobState.AVAILABLE);
		assertThat(find(job).finishedAt()).isNull();
		assertThat(find(job).errors()).isEmpty();
	}

	@Test
	void findsProgressAndErrorsOfALiveJob() {
		EnqueuedJob job = this.client.enqueue(QueueClient.request("q"));
		this.database.look()
			.update("""
					update tasuki.job
					   set attempt = 2, progress = 40, progress_note = 'two of five', errors =
					       '[{"attempt": 1, "at": "2026-01-01T12:00:00.000001+02:00", "type": "a.B", "message": "no", "stackTrace": "at"},
					         {"attempt": 2, "at": "2026-01-01T13:00:00+00:00", "type": "timeout", "message": "late"}]'
					 where id = ?
					""",
					job.id().value());
		FoundJob found = find(job);
		assertThat(found.progress()).isEqualTo(40);
		assertThat(found.progressNote()).isEqualTo("two of five");
		assertThat(found.errors()).containsExactly(
				new AttemptError(1, Instant.parse("2026-01-01T10:00:00.000001Z"), "a.B", "no", "at"),
				new AttemptError(2, Instant.parse("2026-01-01T13:00:00Z"), "timeout", "late", null));
	}

	@Test
	void findsADeadAndAnArchivedJob() {
		this.database.look().execute("""
				create table if not exists tasuki.job_archive_20260101 partition of tasuki.job_archive
				   for values from ('2026-01-01') to ('2026-01-02')
				""");
		this.database.look()
			.execute(
					"""
							insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue, kind, reason)
							values (1001, now(), now(), '2026-01-01T12:00:00Z', 3, 3, 5, 0, 'q', 'k', 'gave up')
							""");
		this.database.look()
			.execute(
					"""
							insert into tasuki.job_archive (id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes, outcome, queue, kind, reason)
							values (1002, now(), now(), '2026-01-01T12:00:00Z', 1, 1, 5, 0, 1, 'q', 'k', null),
							       (1003, now(), now(), '2026-01-01T12:00:00Z', 1, 1, 5, 0, 2, 'q', 'k', 'not wanted')
							""");
		FoundJob dead = this.client.find(new JobId(1001)).orElseThrow();
		assertThat(dead.state()).isEqualTo(JobState.DEAD);
		assertThat(dead.reason()).isEqualTo("gave up");
		assertThat(dead.finishedAt()).isEqualTo("2026-01-01T12:00:00Z");
		assertThat(this.client.find(new JobId(1002)).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
		FoundJob cancelled = this.client.find(new JobId(1003)).orElseThrow();
		assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
		assertThat(cancelled.reason()).isEqualTo("not wanted");
	}

	@Test
	void findsNoJobThatNeverWas() {
		assertThat(this.client.find(new JobId(Long.MAX_VALUE))).isEmpty();
	}

	private FoundJob find(EnqueuedJob job) {
		return this.client.find(job.id()).orElseThrow();
	}

	private String queueOf(EnqueuedJob job) {
		return this.database.look()
			.queryForObject("select queue from tasuki.job where id = ?", String.class, job.id().value());
	}

	private double secondsAhead(EnqueuedJob job) {
		return this.database.look()
			.queryForObject("select extract(epoch from run_at - now())::float8 from tasuki.job where id = ?",
					Double.class, job.id().value());
	}

	private void lease(EnqueuedJob job, String until) {
		this.database.look()
			.update("update tasuki.job set lock_owner = 1, lease_expires_at = now() + ?::interval where id = ?", until,
					job.id().value());
	}

	private WakeUp onlyWakeUp() {
		List<WakeUp> last = this.client.sent().get(this.client.sent().size() - 1);
		assertThat(last).hasSize(1);
		return last.get(0);
	}

	private Connection uncheckedConnection(String parameters) {
		try {
			return this.database.unpooled(parameters).getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int roundTrips(Runnable action) {
		int before = RoundTripCountingSocketFactory.roundTrips();
		action.run();
		return RoundTripCountingSocketFactory.roundTrips() - before;
	}

}
