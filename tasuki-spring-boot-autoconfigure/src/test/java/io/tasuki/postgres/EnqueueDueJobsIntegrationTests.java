package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Jobs that are due at once, alone, alike and mixed with others: the usual ones take
 * other statements, and nobody can tell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnqueueDueJobsIntegrationTests {

	private static final JobRequest<String> USUAL = JobRequest.of("greet", "{\"n\": 0}");

	private final QueueDatabase database = new QueueDatabase();

	private final QueueClient client = new QueueClient(this.database.unpooled());

	@BeforeEach
	void clear() {
		this.database.clear();
	}

	static Stream<JobRequest<String>> dueAtOnce() {
		return Stream.of(USUAL, USUAL.withMaxAttempts(3), USUAL.withDelay(Duration.ZERO),
				USUAL.withDelay(Duration.ofNanos(1)), USUAL.withRunAt(Instant.parse("2001-01-01T00:00:00Z")),
				USUAL.withUniqueKey("key"));
	}

	@ParameterizedTest
	@MethodSource("dueAtOnce")
	void saysThatAJobIsDueAtOnceWhereTheDatabaseHasIt(JobRequest<String> request) {
		EnqueuedJob job = this.client.enqueue(request);
		FoundJob found = find(job);
		assertThat(found.state()).isEqualTo(JobState.AVAILABLE);
		assertThat(found.job().runAt()).isBetween(now().minusSeconds(60), now());
		assertThat(lastWakeUps())
			.extracting(WakeUp::queue, WakeUp::priority, WakeUp::dueIn, (wakeUp) -> wakeUp.position().runAt(),
					(wakeUp) -> wakeUp.position().id())
			.containsExactly(tuple("default", 5, Duration.ZERO, found.job().runAt(), job.id().value()));
	}

	@Test
	void storesAlikeJobsAndAnswersInTheirOrder() { // B4
		List<JobRequest<String>> requests = IntStream.range(0, 500)
			.mapToObj((i) -> JobRequest.of("greet", "{\"text\": \"\\\"q\\\\,{}" + i + "\"}")
				.withQueue("alike")
				.withPriority(7)
				.withMaxAttempts(9))
			.toList();
		List<EnqueuedJob> jobs = this.client.enqueueAll(requests);
		assertThat(jobs).hasSize(500).allMatch(EnqueuedJob::created);
		assertThat(jobs).extracting(EnqueuedJob::id).isSorted();
		for (int i = 0; i < jobs.size(); i++) {
			assertStored(requests.get(i), jobs.get(i));
		}
	}

	@Test
	void wakesForTheOldestOfAlikeJobs() {
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(USUAL, USUAL, USUAL));
		assertThat(lastWakeUps())
			.extracting(WakeUp::dueIn, (wakeUp) -> wakeUp.position().runAt(), (wakeUp) -> wakeUp.position().id())
			.containsExactly(tuple(Duration.ZERO, find(jobs.get(0)).job().runAt(), jobs.get(0).id().value()));
	}

	@Test
	void storesAlikeJobsWithoutPayloadsAndAttempts() {
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(JobRequest.ofKind("tick"), JobRequest.ofKind("tick")));
		assertThat(jobs).extracting((job) -> find(job).job())
			.extracting(Job::payload, Job::maxAttempts)
			.containsExactly(tuple(null, null), tuple(null, null));
	}

	static Stream<JobRequest<String>> others() {
		return Stream.of(USUAL.withKind("other"), USUAL.withQueue("other"), USUAL.withPriority(0),
				USUAL.withMaxAttempts(3), USUAL.withDelay(Duration.ofHours(1)),
				USUAL.withRunAt(Instant.parse("2040-02-03T04:05:06Z")), USUAL.withUniqueKey("key"));
	}

	@ParameterizedTest
	@MethodSource("others")
	void storesTheUsualJobsBesideAnother(JobRequest<String> other) { // B4
		List<JobRequest<String>> requests = List.of(USUAL, USUAL, other, USUAL);
		List<EnqueuedJob> jobs = this.client.enqueueAll(requests);
		for (int i = 0; i < jobs.size(); i++) {
			assertStored(requests.get(i), jobs.get(i));
		}
	}

	@ParameterizedTest
	@MethodSource("others")
	void storesTheUsualJobsAfterAnother(JobRequest<String> other) { // B4
		List<JobRequest<String>> requests = List.of(other, USUAL);
		List<EnqueuedJob> jobs = this.client.enqueueAll(requests);
		for (int i = 0; i < jobs.size(); i++) {
			assertStored(requests.get(i), jobs.get(i));
		}
	}

	@Test
	void storesNoneOfAlikeJobsWhenTheDatabaseRefusesOne() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.client.enqueueAll(List.of(USUAL, JobRequest.of("greet", "{broken"))))
			.withMessageContaining("Enqueueing 2 jobs");
		assertThat(this.database.jobCount()).isZero();
	}

	private void assertStored(JobRequest<String> request, EnqueuedJob stored) {
		Job job = find(stored).job();
		assertThat(job.kind()).isEqualTo(request.kind());
		assertThat(job.queue()).isEqualTo((request.queue() != null) ? request.queue() : "default");
		assertThat(job.payload()).isEqualTo(request.payload());
		assertThat(job.priority()).isEqualTo((request.priority() != null) ? request.priority() : 5);
		assertThat(job.maxAttempts()).isEqualTo(request.maxAttempts());
		Instant now = now();
		if (request.runAt() != null) {
			assertThat(job.runAt()).isEqualTo(request.runAt());
		}
		else if (request.delay() != null) {
			assertThat(job.runAt()).isBetween(now.plusSeconds(1800), now.plus(request.delay()));
		}
		else {
			assertThat(job.runAt()).isBetween(now.minusSeconds(60), now);
		}
	}

	private Instant now() {
		return this.database.look().queryForObject("select clock_timestamp()", OffsetDateTime.class).toInstant();
	}

	private FoundJob find(EnqueuedJob job) {
		return this.client.find(job.id()).orElseThrow();
	}

	private List<WakeUp> lastWakeUps() {
		return this.client.sent().get(this.client.sent().size() - 1);
	}

}
