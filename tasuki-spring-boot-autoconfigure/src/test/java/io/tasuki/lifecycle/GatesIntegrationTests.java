package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.Admission;
import io.tasuki.Backoff;
import io.tasuki.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of jobs that a gate does not let start. */
@ExtendWith(OutputCaptureExtension.class)
class GatesIntegrationTests {

	private static final Duration MOMENT = Duration.ofMillis(30);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final AtomicInteger asked = new AtomicInteger();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	@DisplayName("S10: limits refuse a job three times: no attempt charged")
	void deferredJobIsNotCharged() { // B24
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.maxAttempts(1)
			.gate((job) -> (this.asked.incrementAndGet() <= 3) ? Admission.defer(MOMENT) : Admission.grant())
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.asked).hasValue(4);
		assertThat(this.fixture.ledger().runs(id)).singleElement()
			.satisfies((run) -> assertThat(run.job().attempt()).isEqualTo(1));
		assertThat(this.fixture.archivedJob(id)).containsEntry("attempt", 1)
			.containsEntry("lease_no", 4)
			.containsEntry("errors", null);
	}

	@Test
	void deferredJobWaitsForItsDelayWithoutALease() { // B24
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.gate((job) -> Admission.defer(Duration.ofHours(3)))
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isAvailable(id) && this.fixture.dueIn(id).toMinutes() > 0);
		assertThat(this.fixture.dueIn(id)).isBetween(Duration.ofHours(2), Duration.ofHours(3));
		assertThat(this.fixture.job(id)).containsEntry("attempt", 0).containsEntry("lease_expires_at", null);
		assertThat(this.fixture.ledger().count()).isZero();
	}

	@Test
	void gateCancelsAJob() { // B24
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.gate((job) -> Admission.cancel("The customer left"))
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("outcome", 2)
			.containsEntry("reason", "The customer left");
		assertThat(this.fixture.ledger().count()).isZero();
	}

	@Test
	void gateThatAsksForARetryIsChargedUntilTheJobIsDead() { // B24
		long id = this.fixture.insert("mail");
		this.fixture.worker()
			.maxAttempts(3)
			.backoff(Backoff.constant(MOMENT))
			.gate((job) -> Admission.retry("No licence"))
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.deadJob(id)).containsEntry("attempt", 3)
			.containsEntry("reason", "Attempt 3 of 3 failed: No licence");
		assertThat(this.fixture.deadJob(id).get("errors")).asString().contains("\"type\": \"gate\"");
		assertThat(this.fixture.ledger().count()).isZero();
	}

	@Test
	void firstGateThatDoesNotGrantDecides() { // B24
		long id = this.fixture.insert("mail");
		AtomicInteger third = new AtomicInteger();
		this.fixture.worker().gate((job) -> {
			this.asked.incrementAndGet();
			return Admission.grant();
		}).gate((job) -> Admission.cancel("by the second")).gate((job) -> {
			third.incrementAndGet();
			return Admission.cancel("by the third");
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("reason", "by the second");
		assertThat(this.asked).hasValue(1);
		assertThat(third).hasValue(0);
	}

	@Test
	void gateThatFailsPutsJobsOffUnchargedAndSaysSoOnce(CapturedOutput output) { // B24
		this.fixture.insertMany(20, "mail");
		this.fixture.worker().maxAttempts(1).gate((job) -> {
			return switch (this.asked.incrementAndGet() % 3) {
				case 0 -> nothing();
				case 1 -> throw new IllegalStateException("No answer");
				default -> throw new StackOverflowError();
			};
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.asked.get() >= 40);
		assertThat(this.fixture.number("select count(*) from tasuki.job where attempt <= 1 and errors is null"))
			.isEqualTo(20);
		assertThat(this.fixture.ledger().count()).isZero();
		assertThat(output.getAll().lines().filter((line) -> line.contains("failed when it was asked for"))).hasSize(1);
	}

	@SuppressWarnings("NullAway")
	private static Admission nothing() {
		return null;
	}

	@Test
	void jobsRunOnceTheGateAnswersAgain() { // B24
		long id = this.fixture.insert("mail");
		this.fixture.worker().maxAttempts(1).gate((job) -> {
			if (this.asked.incrementAndGet() == 1) {
				throw new IllegalStateException("No answer");
			}
			return Admission.grant();
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("attempt", 1).containsEntry("errors", null);
	}

	@Test
	@DisplayName("B24, B38: a suspect that a gate defers stays one and is charged no crash")
	void deferredSuspectIsChargedNoCrash() {
		long id = this.fixture.insertAbandoned("mail", 2, Duration.ofMillis(-10));
		this.fixture.worker()
			.gate((job) -> Admission.defer(Duration.ofHours(3)))
			.handler("mail", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.isAvailable(id) && this.fixture.dueIn(id).toMinutes() > 0);
		assertThat(this.fixture.job(id)).containsEntry("attempt", 1).containsEntry("crashes", 1);
	}

	@Test
	@DisplayName("B24: a job that is cancelled while a gate is asked for it does not start")
	void cancelWinsOverTheGate() {
		long id = this.fixture.insert("mail");
		this.fixture.worker().gate((job) -> {
			this.fixture.jdbc()
				.update("update tasuki.job set cancel_requested_at = clock_timestamp() where id = ?", id);
			this.asked.incrementAndGet();
			return Admission.defer(MOMENT);
		}).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.isArchived(id));
		assertThat(this.fixture.archivedJob(id)).containsEntry("outcome", 2);
		assertThat(this.asked).hasValue(1);
	}

}
