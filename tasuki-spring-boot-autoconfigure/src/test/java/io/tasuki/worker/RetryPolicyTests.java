package io.tasuki.worker;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tasuki.Backoff;
import io.tasuki.JobResult;
import io.tasuki.RetryRules;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.store.Outcome;
import io.tasuki.store.WorkerName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTests {

	private final RetryPolicy policy = new RetryPolicy(Jobs.settings(4));

	@Test
	void doneSucceeds() {
		assertThat(this.policy.returned(attempt(1, null), JobResult.done()))
			.isEqualTo(new RetryPolicy.Verdict(new Outcome.Succeeded(), null));
	}

	@Test
	void snoozeUsesNoAttemptEvenOnTheLast() {
		assertThat(this.policy.returned(attempt(20, null), JobResult.snooze(Duration.ofHours(1))).outcome())
			.isEqualTo(new Outcome.Snoozed(Duration.ofHours(1)));
	}

	@Test
	void cancelEndsTheJobWithItsReason() {
		assertThat(this.policy.returned(attempt(1, null), JobResult.cancel("no longer wanted")).outcome())
			.isEqualTo(new Outcome.Cancelled("no longer wanted"));
	}

	@Test
	void failIsDeadAtOnceWhateverAttemptsAreLeft() {
		RetryPolicy.Verdict verdict = this.policy.returned(attempt(1, null), JobResult.fail("no such user"));
		assertThat(verdict.outcome()).isEqualTo(new Outcome.Dead("no such user", 20));
		assertThat(verdict.failure()).isNotNull();
	}

	@Test
	void retryWaitsAsLongAsTheHandlerSays() {
		assertThat(this.policy.returned(attempt(1, null), JobResult.retryIn(Duration.ofMinutes(7))).outcome())
			.isEqualTo(new Outcome.Retry(Duration.ofMinutes(7), null));
		Instant runAt = Instant.parse("2030-01-01T00:00:00Z");
		assertThat(this.policy.returned(attempt(1, null), JobResult.retryAt(runAt)).outcome())
			.isEqualTo(new Outcome.Retry(null, runAt));
	}

	@Test
	void exceptionIsRetriedAfterTheBackoff() {
		RetryPolicy.Verdict verdict = this.policy.threw(attempt(19, null), new IllegalStateException("boom"));
		assertThat(verdict.outcome()).isEqualTo(new Outcome.Retry(Duration.ofSeconds(5), null));
		assertThat(verdict.failure()).isNotNull();
		assertThat(verdict.failure().type()).isEqualTo("java.lang.IllegalStateException");
		assertThat(verdict.failure().message()).isEqualTo("boom");
		assertThat(verdict.failure().stackTrace()).contains("RetryPolicyTests");
	}

	@Test
	void lastAttemptIsDeadWithTheErrorInItsReason() {
		assertThat(this.policy.threw(attempt(20, null), new IllegalStateException("boom")).outcome())
			.isEqualTo(new Outcome.Dead("Attempt 20 of 20 failed: boom", 20));
		assertThat(this.policy.returned(attempt(20, null), JobResult.retryIn(Duration.ZERO)).outcome())
			.isInstanceOf(Outcome.Dead.class);
	}

	@Test
	void requestsLimitGoesBeforeTheHandlersAndTheWorkers() {
		assertThat(this.policy.threw(attempt(3, 3), new IllegalStateException("boom")).outcome())
			.isInstanceOf(Outcome.Dead.class);
		assertThat(this.policy.threw(attempt(3, 4), new IllegalStateException("boom")).outcome())
			.isInstanceOf(Outcome.Retry.class);
		assertThat(this.policy.threw(attemptOfHandlerWithTwoAttempts(2, null), new IllegalStateException("boom"))
			.outcome()).isEqualTo(new Outcome.Dead("Attempt 2 of 2 failed: boom", 2));
		assertThat(
				this.policy.threw(attemptOfHandlerWithTwoAttempts(2, 3), new IllegalStateException("boom")).outcome())
			.isInstanceOf(Outcome.Retry.class);
	}

	@Test
	void unreadablePayloadIsDeadAtOnce() {
		RetryPolicy.Verdict verdict = this.policy.threw(attempt(1, null), new UnreadablePayloadException("no field x"));
		assertThat(verdict.outcome()).isEqualTo(new Outcome.Dead("The payload cannot be read: no field x", 20));
	}

	@Test
	void exceptionThatIsNotToBeRetriedIsDeadAtOnceWithItsRule() { // B17
		RetryRules rules = new RetryRules(Set.of(IOException.class), Set.of(FileNotFoundException.class));
		HeldJob job = attempt(1, null);
		HeldJob ruled = with(job, HandlerRetries.DEFAULT.withRules(rules));
		RetryPolicy.Verdict verdict = this.policy.threw(ruled, new EOFException("cut off"));
		assertThat(verdict.outcome()).isEqualTo(new Outcome.Dead(
				"java.io.EOFException is not retried, by noRetryFor java.io.IOException: cut off", 20));
		assertThat(verdict.failure()).isNotNull();
		assertThat(verdict.failure().type()).isEqualTo("java.io.EOFException");
		assertThat(verdict.failure().message()).isEqualTo("cut off");
		assertThat(this.policy.threw(ruled, new FileNotFoundException()).outcome()).isInstanceOf(Outcome.Retry.class);
		assertThat(this.policy.threw(ruled, new IllegalStateException()).outcome()).isInstanceOf(Outcome.Retry.class);
		assertThat(this.policy.timedOut(ruled, new EOFException()).outcome()).isInstanceOf(Outcome.Retry.class);
	}

	@Test
	void handlersBackoffGoesBeforeTheQueuesAndTheWorkers() { // B39
		WorkerSettings base = Jobs.settings(4);
		RetryPolicy policy = new RetryPolicy(new WorkerSettings(4, Map.of(), base.leaseDuration(), base.pollInterval(),
				base.shutdownTimeout(), 3, 20, Backoff.constant(Duration.ofSeconds(1)),
				Map.of("default", Backoff.constant(Duration.ofSeconds(2))), Map.of(), null));
		HeldJob job = attempt(1, null);
		HeldJob own = with(job, HandlerRetries.DEFAULT.withBackoff(Backoff.constant(Duration.ofSeconds(3))));
		HeldJob elsewhere = Jobs.held(new Line("mail", List.of("kind"), List.of()), 1, 5);
		assertThat(policy.threw(own, new Error()).outcome()).isEqualTo(new Outcome.Retry(Duration.ofSeconds(3), null));
		assertThat(policy.threw(job, new Error()).outcome()).isEqualTo(new Outcome.Retry(Duration.ofSeconds(2), null));
		assertThat(policy.threw(elsewhere, new Error()).outcome())
			.isEqualTo(new Outcome.Retry(Duration.ofSeconds(1), null));
	}

	@Test
	void errorWithoutDescriptionIsKeptByItsName() {
		Error silent = new Error() {

			private static final long serialVersionUID = 1L;

			@Override
			public String getMessage() {
				throw new IllegalStateException("cannot even say what is wrong");
			}

		};
		assertThat(this.policy.threw(attempt(1, null), silent).outcome()).isInstanceOf(Outcome.Retry.class);
	}

	@Test
	void longTextsAreCutWithoutTearingACharacterAndWithoutNul() {
		String text = "a\0" + "😀".repeat(2_000);
		assertThat(RetryPolicy.cut(text, 5)).isEqualTo("a\uFFFD😀…");
	}

	@Test
	void suspectMayStartUntilItTookDownAsManyWorkersAsItMay() {
		assertThat(this.policy.tookDownAllItMay(suspect(2))).isFalse();
		assertThat(this.policy.tookDownAllItMay(suspect(3))).isTrue();
	}

	@Test
	void namesTheWorkersThatASuspectTookDown() {
		assertThat(crashed("a", "b", "c"))
			.isEqualTo("Its worker died 3 times while it held it, which is all it may: a, b, c");
		assertThat(crashed("of an earlier time", "a", "b", "c")).endsWith("all it may: a, b, c");
		assertThat(crashed("b", "c")).endsWith("all it may, among others: b, c");
		assertThat(crashed()).endsWith("all it may");
	}

	private String crashed(String... workers) {
		RetryPolicy.Verdict verdict = this.policy.crashed(suspect(3), Stream.of(workers).map(WorkerName::new).toList());
		assertThat(verdict.failure()).isNotNull();
		String reason = ((Outcome.Dead) verdict.outcome()).reason();
		assertThat(verdict.failure().message()).isEqualTo(reason);
		return reason;
	}

	private static HeldJob suspect(int crashes) {
		return Jobs.held(Jobs.line(), 1, 5, 1, null, crashes);
	}

	@Test
	void timeoutIsRetriedAfterTheBackoff() { // B29
		RetryPolicy.Verdict verdict = limited(Duration.ofSeconds(90)).timedOut(attempt(19, null),
				new InterruptedException());
		assertThat(verdict.outcome()).isEqualTo(new Outcome.Retry(Duration.ofSeconds(5), null));
		assertThat(verdict.failure()).isNotNull();
		assertThat(verdict.failure().type()).isEqualTo("timeout");
		assertThat(verdict.failure().message()).isEqualTo("It ran longer than its timeout of 1m30s");
		assertThat(verdict.failure().stackTrace()).contains("InterruptedException").contains("RetryPolicyTests");
	}

	@Test
	void timeoutOfTheLastAttemptIsDead() { // B29
		assertThat(limited(Duration.ofMillis(200)).timedOut(attempt(20, null), new InterruptedException()).outcome())
			.isEqualTo(new Outcome.Dead("Attempt 20 of 20 failed: It ran longer than its timeout of 0.2s", 20));
	}

	@Test
	void handlersTimeoutGoesBeforeTheWorkers() { // B29
		HeldJob job = attempt(1, null);
		HandlerExecution second = HandlerExecution.DEFAULT.withTimeout(Duration.ofSeconds(1));
		HeldJob own = new HeldJob(job.claimed(), job.registration().withExecution(second), job.line(), 0);
		assertThat(this.policy.timeout(job)).isNull();
		assertThat(this.policy.timeout(own)).isEqualTo(Duration.ofSeconds(1));
		assertThat(limited(Duration.ofSeconds(9)).timeout(job)).isEqualTo(Duration.ofSeconds(9));
		assertThat(limited(Duration.ofSeconds(9)).timeout(own)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void backoffThatBreaksStillEndsTheAttempt() { // B39
		HeldJob job = attempt(1, null);
		HeldJob broken = with(job, HandlerRetries.DEFAULT.withBackoff((attempt) -> {
			throw new StackOverflowError();
		}));
		assertThat(this.policy.threw(broken, new IllegalStateException()).outcome())
			.isEqualTo(new Outcome.Retry(RetryPolicy.LAST_RESORT, null));
	}

	private static HeldJob with(HeldJob job, HandlerRetries retries) {
		return new HeldJob(job.claimed(), job.registration().withRetries(retries), job.line(), 0);
	}

	private static RetryPolicy limited(Duration timeout) {
		return new RetryPolicy(Jobs.settings(4, timeout));
	}

	private static HeldJob attempt(int attempt, Integer maxAttempts) {
		return Jobs.held(Jobs.line(), 1, 5, attempt, maxAttempts, 0);
	}

	private static HeldJob attemptOfHandlerWithTwoAttempts(int attempt, Integer maxAttempts) {
		HeldJob job = attempt(attempt, maxAttempts);
		return new HeldJob(job.claimed(), Jobs.handler("kind", null, 2), job.line(), 0);
	}

}
