package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tasuki.Backoff;
import io.tasuki.Cancellation.Effect;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.PayloadValidator;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.PayloadWriter;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.Outcome;
import io.tasuki.worker.WorkerListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that are cancelled while they come, wait, run and finish. */
class CancelRacesIntegrationTests {

	private static final int JOBS = 3_000;

	private static final int CANCELLERS = 3;

	private static final String ENDS = """
			select id, outcome, xmin::text as version, finished_at from tasuki.job_archive
			union all
			select id, 3, xmin::text, died_at from tasuki.job_dead
			""";

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final JobClient client = client();

	private final Ends ends = new Ends();

	private final Semaphore never = new Semaphore(0);

	private final ConcurrentMap<Long, Answer> answers = new ConcurrentHashMap<>();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("S9: of each cancel and each completion that race one wins, and a finished row is never rewritten")
	void oneWinsEachRace() throws InterruptedException, ExecutionException {
		this.fixture.insertMany(JOBS, "race");
		List<Long> ids = this.fixture.jdbc().queryForList("select id from tasuki.job order by id", Long.class);
		for (String worker : List.of("a", "b")) {
			this.fixture.worker()
				.named(worker)
				.slots(6)
				.maxAttempts(3)
				.backoff(Backoff.constant(Duration.ofMillis(5)))
				.listener(this.ends)
				.handler("race", this::end)
				.start();
		}
		cancelAll(ids);
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.live() == 0);
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.ends.agreeWith(ends()));
		Map<Long, Map<String, Object>> last = ends();
		assertThat(this.fixture.archived() + this.fixture.dead()).as("each job has ended once").isEqualTo(JOBS);
		assertThat(last).hasSize(JOBS);
		ids.forEach((id) -> check(id, this.answers.get(id), last.get(id)));
		assertThat(this.ends.leasesLost).hasValue(0);
		print(last);
	}

	/**
	 * Ends in any way after any time below three milliseconds; or, at times, not before
	 * it is told to stop, and then done or not.
	 */
	private JobResult end(JobContext context) throws Exception {
		int dice = ThreadLocalRandom.current().nextInt(20);
		try {
			if (dice == 0) {
				this.never.acquire();
			}
			this.never.tryAcquire(ThreadLocalRandom.current().nextInt(3_000), TimeUnit.MICROSECONDS);
		}
		catch (InterruptedException ex) {
			if (ThreadLocalRandom.current().nextBoolean()) {
				throw ex;
			}
			return JobResult.done();
		}
		return switch (dice % 5) {
			case 0 -> JobResult.retryIn(Duration.ofMillis(2));
			case 1 -> throw new IllegalStateException("broken");
			case 2 -> (dice == 2) ? JobResult.fail("hopeless") : JobResult.snooze(Duration.ofMillis(1));
			default -> JobResult.done();
		};
	}

	/**
	 * Goes about as fast as the workers, in about their order, so that it often meets
	 * them.
	 */
	private void cancelAll(List<Long> ids) throws InterruptedException, ExecutionException {
		long seed = System.nanoTime();
		System.out.printf("Seed of the cancels: %d%n", seed);
		List<Future<?>> cancellers = new ArrayList<>();
		for (int i = 0; i < CANCELLERS; i++) {
			int first = i;
			Random random = new Random(seed + i);
			cancellers.add(this.fixture.executor().submit(() -> {
				for (int next = first; next < ids.size(); next += CANCELLERS) {
					if (random.nextInt(4) == 0) {
						long ahead = next + random.nextInt(40);
						this.fixture.within(Duration.ofSeconds(30))
							.until(() -> this.fixture.ledger().distinct() >= Math.min(ahead, ids.size() / 2));
					}
					cancel(ids.get(next));
				}
			}));
		}
		for (Future<?> canceller : cancellers) {
			canceller.get();
		}
	}

	private void cancel(long id) {
		Effect effect = this.client.cancel(new JobId(id)).effect();
		long at = System.nanoTime();
		Map<String, Object> end = (effect == Effect.REQUESTED) ? null : end(id);
		this.answers.put(id, new Answer(effect, at, end));
	}

	private Map<String, Object> end(long id) {
		return this.fixture.jdbc().queryForMap("select * from (%s) as ended where id = ?".formatted(ENDS), id);
	}

	private Map<Long, Map<String, Object>> ends() {
		return this.fixture.jdbc()
			.queryForList(ENDS)
			.stream()
			.collect(Collectors.toMap((row) -> (Long) row.get("id"), Function.identity()));
	}

	private void check(long id, @Nullable Answer answer, @Nullable Map<String, Object> end) {
		assertThat(answer).isNotNull();
		assertThat(end).isNotNull();
		switch (answer.effect()) {
			case CANCELLED -> {
				assertThat(end).as("job %d", id).isEqualTo(answer.end()).containsEntry("outcome", 2);
				assertThat(this.fixture.ledger().runs(id)).as("runs of job %d", id)
					.noneMatch((run) -> run.nanos() - answer.at() > 0);
			}
			case REQUESTED -> assertThat(end.get("outcome")).as("job %d", id).isIn(1, 2);
			case NONE -> assertThat(end).as("job %d", id).isEqualTo(answer.end());
		}
	}

	private void print(Map<Long, Map<String, Object>> ends) {
		Map<String, Long> counts = this.answers.entrySet()
			.stream()
			.collect(Collectors.groupingBy(
					(answer) -> answer.getValue().effect() + " -> " + ends.get(answer.getKey()).get("outcome"),
					TreeMap::new, Collectors.counting()));
		System.out.printf("NOTE answers and ends (1 succeeded, 2 cancelled, 3 dead): %s%n", counts);
	}

	private JobClient client() {
		PostgresJobStore store = new PostgresJobStore(this.fixture.applicationDataSource(), false);
		return new DefaultJobClient(store, store.afterCommit(this.fixture.notifications().local()),
				this.fixture.notifications().local(),
				new PayloadWriter(new JacksonPayloadSerializer(new JsonMapper()), PayloadValidator.NONE, 1_000),
				(kind) -> Optional.empty(), false);
	}

	/**
	 * What a cancel answered.
	 *
	 * @param at when, after the answer
	 * @param end the row of the finished job, just after the answer; {@code null} if it
	 * was not finished
	 */
	private record Answer(Effect effect, long at, @Nullable Map<String, Object> end) {
	}

	/** The ends that workers told of. */
	private static final class Ends implements WorkerListener {

		private final Set<Long> succeeded = ConcurrentHashMap.newKeySet();

		private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();

		private final AtomicInteger told = new AtomicInteger();

		private final AtomicInteger leasesLost = new AtomicInteger();

		@Override
		public void completed(Job job, Outcome outcome, Duration runTime) {
			if (outcome instanceof Outcome.Succeeded) {
				this.succeeded.add(job.id().value());
				this.told.incrementAndGet();
			}
			else if (outcome instanceof Outcome.Cancelled) {
				this.cancelled.add(job.id().value());
				this.told.incrementAndGet();
			}
		}

		@Override
		public void leaseLost(Job job) {
			this.leasesLost.incrementAndGet();
		}

		/**
		 * Returns whether exactly those were told to have succeeded that have, and only
		 * such to be cancelled that are, each once.
		 */
		boolean agreeWith(Map<Long, Map<String, Object>> ends) {
			Set<Long> reallySucceeded = ids(ends, 1);
			return this.succeeded.equals(reallySucceeded) && ids(ends, 2).containsAll(this.cancelled)
					&& this.told.get() == this.succeeded.size() + this.cancelled.size();
		}

		private static Set<Long> ids(Map<Long, Map<String, Object>> ends, int outcome) {
			return ends.values()
				.stream()
				.filter((row) -> row.get("outcome").equals(outcome))
				.map((row) -> (Long) row.get("id"))
				.collect(Collectors.toSet());
		}

	}

}
