package io.tasuki.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.Backoff;
import io.tasuki.JobResult;
import io.tasuki.UnreadablePayloadException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.RowCallbackHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What the database holds after each way an attempt can end. */
class OutcomesIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void doneMovesTheJobToTheArchive() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker().handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.live()).isZero();
		assertThat(this.fixture.archivedJob(id)).containsEntry("outcome", 1)
			.containsEntry("attempt", 1)
			.containsEntry("reason", null)
			.containsEntry("errors", null);
	}

	@Test
	void doneDeletesTheJobWhenThereIsNoArchive() { // B16, B48
		long id = this.fixture.insert("mail");
		this.fixture.worker().archive(false).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> !this.fixture.isLive(id));
		assertThat(this.fixture.archived()).isZero();
	}

	@Test
	void retryWaitsForTheBackoffAndKeepsTheReason() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.backoff(Backoff.constant(Duration.ofMinutes(7)))
			.handler("mail", (context) -> JobResult.retry())
			.start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1 && this.fixture.isAvailable(id));
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1).containsEntry("lease_expires_at", null);
		assertThat(this.fixture.dueIn(id)).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(7));
		assertThat(errors("job", id)).singleElement().satisfies((error) -> {
			assertThat(error).containsEntry("attempt", "1").containsEntry("type", "retry");
			assertThat(error.get("message")).contains("asked for a retry");
		});
	}

	@Test
	void retryInWaitsForItsDelayInsteadOfTheBackoff() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker().handler("mail", (context) -> JobResult.retryIn(Duration.ofHours(3))).start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1 && this.fixture.isAvailable(id));
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1);
		assertThat(this.fixture.dueIn(id)).isBetween(Duration.ofMinutes(179), Duration.ofHours(3));
	}

	@Test
	void retryAtWaitsForItsMoment() { // B16
		long id = this.fixture.insert("mail");
		Instant moment = Instant.parse("2100-01-01T00:00:00.123456Z");
		this.fixture.worker().handler("mail", (context) -> JobResult.retryAt(moment)).start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1 && this.fixture.isAvailable(id));
		assertThat(this.fixture
			.number("select count(*) from tasuki.job where run_at = '2100-01-01 00:00:00.123456Z' and id = ?", id))
			.isOne();
	}

	@Test
	void retryAtAMomentThatHasPassedMeansNow() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.withoutPoll()
			.handler("mail", (context) -> (context.attempt() < 3) ? JobResult.retryAt(Instant.EPOCH) : JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.ledger().runs(id)).extracting((run) -> run.job().attempt()).containsExactly(1, 2, 3);
	}

	@Test
	void snoozeGivesTheAttemptBack() { // B16
		long id = this.fixture.insert("mail");
		AtomicInteger calls = new AtomicInteger();
		this.fixture.worker()
			.maxAttempts(1)
			.withoutPoll()
			.handler("mail",
					(context) -> (calls.incrementAndGet() < 4) ? JobResult.snooze(Duration.ofMillis(20))
							: JobResult.snooze(Duration.ofHours(1)))
			.start();
		this.fixture.await(() -> calls.get() == 4 && this.fixture.isAvailable(id));
		assertThat(this.fixture.job(id)).containsEntry("attempt", 0).containsEntry("errors", null);
		assertThat(this.fixture.dueIn(id)).isGreaterThan(Duration.ofMinutes(59));
		assertThat(this.fixture.ledger().runs(id)).extracting((run) -> run.job().attempt()).containsOnly(1);
	}

	@Test
	void cancelMovesTheJobToTheArchiveWithItsReason() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker().handler("mail", (context) -> JobResult.cancel("no longer wanted")).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("outcome", 2)
			.containsEntry("reason", "no longer wanted");
	}

	@Test
	void failMakesTheJobDeadWhateverAttemptsAreLeft() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker().handler("mail", (context) -> JobResult.fail("no such address")).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.live()).isZero();
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 1)
			.containsEntry("max_attempts", 5)
			.containsEntry("reason", "no such address");
		assertThat(this.fixture.ledger().runs(id)).hasSize(1);
	}

	@Test
	void nothingReturnedIsAFailedAttempt() { // B16
		long id = this.fixture.insert("mail");
		this.fixture.worker().maxAttempts(2).handler("mail", LifecycleFixture::nothing).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(errors("job_dead", id)).hasSize(2)
			.allSatisfy((error) -> assertThat(error.get("message")).contains("returned no JobResult"));
	}

	@Test
	void deadLetterCarriesTheErrorOfEachAttempt() { // B17, B49
		long id = this.fixture.insert("mail");
		this.fixture.worker().maxAttempts(3).handler("mail", (context) -> {
			throw new IllegalStateException("refused for the time " + context.attempt());
		}).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 3)
			.containsEntry("reason", "Attempt 3 of 3 failed: refused for the time 3");
		List<Map<String, String>> errors = errors("job_dead", id);
		assertThat(errors).extracting((error) -> error.get("attempt")).containsExactly("1", "2", "3");
		assertThat(errors).extracting((error) -> error.get("message"))
			.containsExactly("refused for the time 1", "refused for the time 2", "refused for the time 3");
		assertThat(errors).allSatisfy((error) -> {
			assertThat(error).containsEntry("type", "java.lang.IllegalStateException");
			assertThat(error.get("stackTrace")).contains("OutcomesIntegrationTests");
		});
	}

	@Test
	void jobsOwnMaxAttemptsWinsOverTheWorkers() { // B8
		long id = this.fixture.insert("mail", Duration.ofHours(1));
		this.fixture.jdbc()
			.update("update tasuki.job set max_attempts = 2, run_at = clock_timestamp() where id = ?", id);
		this.fixture.worker().maxAttempts(5).handler("mail", (context) -> {
			throw new IllegalStateException("refused");
		}).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.ledger().runs(id)).hasSize(2);
	}

	@Test
	void backoffGrowsFromAttemptToAttempt() { // B39
		long first = waiting(1);
		long second = waiting(2);
		long third = waiting(3);
		long tenth = waiting(10);
		this.fixture.worker()
			.maxAttempts(20)
			.backoff(Backoff.exponential(Duration.ofMinutes(1), 2, Duration.ofHours(1), 0))
			.handler("mail", (context) -> {
				throw new IllegalStateException("refused");
			})
			.start();
		this.fixture.await(() -> this.fixture.ledger().count() == 4 && this.fixture.leased() == 0);
		assertThat(this.fixture.dueIn(first)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
		assertThat(this.fixture.dueIn(second)).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
		assertThat(this.fixture.dueIn(third)).isBetween(Duration.ofSeconds(230), Duration.ofSeconds(240));
		assertThat(this.fixture.dueIn(tenth)).isBetween(Duration.ofSeconds(3590), Duration.ofHours(1));
	}

	private long waiting(int attempt) {
		return this.fixture.number("insert into tasuki.job (kind, attempt) values ('mail', ?) returning id",
				attempt - 1);
	}

	@Test
	@DisplayName("B19, S4: a payload that cannot be read makes the job dead at once, stays as it is, and stops no other")
	void unreadablePayloadMakesTheJobDeadAndStaysAsItIs() {
		long id = this.fixture.number("""
				insert into tasuki.job (kind, payload) values ('mail', '{"b": [1, 2.50], "ä": "\\u20ac"}') returning id
				""");
		String before = payload("job", id);
		long next = this.fixture.insert("mail");
		this.fixture.worker().handler("mail", (context) -> {
			if (context.job().id().value() == id) {
				throw new UnreadablePayloadException("no field 'address'");
			}
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.isDead(id) && this.fixture.isArchived(next));
		assertThat(payload("job_dead", id)).isEqualTo(before);
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 1);
		assertThat((String) this.fixture.deadJob(id).get("reason")).contains("no field 'address'");
		assertThat(this.fixture.ledger().runs(id)).hasSize(1);
	}

	@Test
	void jobWithoutPayloadReachesItsHandlerAndTheArchive() { // B15
		long id = this.fixture.number("insert into tasuki.job (kind) values ('mail') returning id");
		this.fixture.worker().handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.ledger().runs(id)).singleElement()
			.satisfies((run) -> assertThat(run.job().payload()).isNull());
		assertThat(this.fixture.archivedJob(id)).containsEntry("payload", null);
	}

	@Test
	void backoffThatThrowsCostsNeitherTheErrorNorTheEnd() { // B39
		long id = this.fixture.insert("mail");
		this.fixture.worker().backoff((failedAttempt) -> {
			throw new IllegalArgumentException("no such wait");
		}).handler("mail", (context) -> {
			throw new IllegalStateException("refused");
		}).start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1 && this.fixture.isAvailable(id));
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1);
		assertThat(this.fixture.dueIn(id)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
		assertThat(errors("job", id)).singleElement()
			.satisfies((error) -> assertThat(error).containsEntry("message", "refused"));
	}

	@Test
	void exceptionThatCannotDescribeItselfStillCountsAsAnAttempt() { // B17
		long id = this.fixture.insert("mail");
		this.fixture.worker().maxAttempts(2).handler("mail", (context) -> {
			throw new MuteException();
		}).start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(errors("job_dead", id)).hasSize(2)
			.allSatisfy((error) -> assertThat(error).containsEntry("type", MuteException.class.getName()));
	}

	@Test
	void textThatNoDatabaseTakesDoesNotHoldUpTheOthers() { // B17
		long bad = this.fixture.insert("bad");
		long worse = this.fixture.insert("worse");
		long good = this.fixture.insert("good");
		this.fixture.worker().maxAttempts(1).handler("bad", (context) -> {
			throw new IllegalStateException("null \0 and half a pair \ud83d");
		})
			.handler("worse", (context) -> JobResult.cancel("\0\udc00"))
			.handler("good", (context) -> JobResult.done())
			.start();
		this.fixture
			.await(() -> this.fixture.isDead(bad) && this.fixture.isArchived(worse) && this.fixture.isArchived(good));
	}

	private String payload(String table, long id) {
		return String.valueOf(this.fixture.jdbc()
			.queryForObject("select payload::text from tasuki.%s where id = ?".formatted(table), String.class, id));
	}

	private List<Map<String, String>> errors(String table, long id) {
		List<Map<String, String>> errors = new ArrayList<>();
		this.fixture.jdbc()
			.query("""
					select error->>'attempt', error->>'type', error->>'message', coalesce(error->>'stackTrace', '')
					  from tasuki.%s cross join jsonb_array_elements(errors) as error where id = ?
					""".formatted(table), (RowCallbackHandler) (row) -> errors.add(Map.of("attempt", row.getString(1),
					"type", row.getString(2), "message", row.getString(3), "stackTrace", row.getString(4))), id);
		return errors;
	}

	/** Fails at everything it is asked. */
	private static final class MuteException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("mute");
		}

	}

}
